"""Train the encoder's adapter and the reader's: python -m benchmarks.train.train PACK OUT.

PACK is what ``benchmarks.train.pack`` wrote. Two stages, each for as many steps as fit its minutes
(or ``--steps``), on a GPU where there is one:

1. the encoder: questions drawn to the passages that answer them and away from mined ones and from
   the others of the batch, in the likeness of whole passages and in late interaction at once
   (InfoNCE); wrong passages are mined again after every epoch;
2. the reader, a cross-encoder that starts from the trained encoder: of the passages that the
   encoder finds, the one that answers (listwise), and whether it answers (logistic).

The adapters are written to OUT after every epoch: a stop loses one at most. Needs torch and numpy
alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from benchmarks.train.model import Corpus, Encoder, Reader, read_arrays

RANK = 64
READER_LAYERS = 8
DENSE_TEMPERATURE, LATE_TEMPERATURE = 0.05, 0.025
WARM, LOWEST = 0.05, 0.03
RATES = {"encoder": 4e-4, "reader": 3e-4}
BATCH, NEGATIVES, MINED = 192, 3, 30
GROUPS, GROUP = 64, 8
REPEATED = {"train_citizens": 4, "train_invented": 2}
LONGEST_READ = 320
SAME = 0.93  # cosine of passages that say the same
TOKENS = {"cuda": 40_000, "cpu": 4_000}

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Questions:
    """``query`` texts (questions,), ``right`` passages of each, ``document`` it is asked of."""

    query: Rows
    right: list[Rows]
    document: Rows

    def __len__(self) -> int:
        return len(self.query)


class Bench:
    """The packed texts on a device, and what both stages do with them."""

    def __init__(self, pack: Path, device: str) -> None:
        self.arrays = read_arrays(pack, "texts.npz")
        self.device = device
        self.corpus = Corpus(self.arrays, device)
        self.passages = self.arrays["passages"].astype(np.int64)
        weights = {
            name: torch.from_numpy(array).float()
            for name, array in read_arrays(pack, "weights.npz").items()
        }
        self.projection = {n[11:]: a for n, a in weights.items() if n.startswith("projection.")}
        self.weights = {n: a for n, a in weights.items() if not n.startswith("projection.")}
        self.sets = {
            name.removesuffix(".query"): self._questions(name.removesuffix(".query"))
            for name in self.arrays
            if name.endswith(".query")
        }
        self.of_document: dict[int, list[int]] = {}
        for number, (_, _, document) in enumerate(self.passages):
            self.of_document.setdefault(int(document), []).append(number)

    def _questions(self, name: str) -> Questions:
        query, document, right, counts = (
            self.arrays[f"{name}.{part}"].astype(np.int64)
            for part in ("query", "document", "right", "counts")
        )
        ends = np.cumsum(counts)
        return Questions(
            query, [right[e - c : e] for e, c in zip(ends, counts, strict=True)], document
        )

    def training(self, unanswerable: bool = False) -> Questions:
        """Every question to train on, rare sources repeated; with those that nothing answers."""
        names = ["train_laws", "train_invented", "train_citizens"] + ["train_none"] * unanswerable
        parts = [self.sets[name] for name in names for _ in range(REPEATED.get(name, 1))]
        query = np.concatenate([part.query for part in parts])
        document = np.concatenate([part.document for part in parts])
        right = [rows for part in parts for rows in part.right]
        kept = [n for n, rows in enumerate(right) if unanswerable or len(rows)]
        return Questions(query[kept], [right[n] for n in kept], document[kept])

    def candidates(self, name: str) -> Rows:
        """The passages among which a development set is searched."""
        if name == "dev_citizens":
            return self.arrays["laws"].astype(np.int64)
        default = self.arrays["default"].astype(np.int64)
        own = {int(d) for d in self.sets[name].document}
        more = [p for document in own for p in self.of_document.get(document, ())]
        return np.union1d(default, np.array(more, np.int64))

    def encode(self, encoder: Encoder, texts: Rows, grad: bool = False) -> tuple[torch.Tensor, ...]:
        """Vectors (texts, width), token vectors (texts, longest, kept) and which are tokens."""
        given = [self.corpus.text(int(number)) for number in texts]
        firsts = torch.from_numpy(self.corpus.firsts[texts].astype(np.int64)).to(self.device)
        found: list[tuple[list[int], torch.Tensor, torch.Tensor, torch.Tensor]] = []
        with torch.set_grad_enabled(grad), torch.autocast(self.device, dtype=torch.bfloat16):
            for batch in self.corpus.batches(given, TOKENS[self.device]):
                found.append((batch.places, *encoder(batch, firsts[batch.places])))
        order = torch.tensor([p for places, *_ in found for p in places], device=self.device)
        back = torch.argsort(order)
        longest = max(tokens.shape[1] for _, _, tokens, _ in found)
        pooled = torch.cat([vectors for _, vectors, _, _ in found])[back]
        tokens = torch.cat([_wide(tokens, longest) for _, _, tokens, _ in found])[back]
        own = torch.cat([_wide(own, longest) for _, _, _, own in found])[back]
        return pooled, tokens, own

    def library(self, encoder: Encoder) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """Every passage's vector, and its token vectors in half precision."""
        encoder.eval()
        vectors, tokens = [], []
        order = np.argsort([len(self.corpus.text(int(t))) for t in self.passages[:, 0]])
        for first in range(0, len(order), 512):
            rows = order[first : first + 512]
            pooled, small, own = self.encode(encoder, self.passages[rows, 0])
            vectors.append(pooled)
            tokens += [row[kept].half() for row, kept in zip(small, own, strict=True)]
        back = np.argsort(order)
        return torch.cat(vectors)[torch.from_numpy(back).to(self.device)], [tokens[n] for n in back]


def _wide(tensor: torch.Tensor, longest: int) -> torch.Tensor:
    missing = longest - tensor.shape[1]
    pad = (0, 0, 0, missing) if tensor.dim() == 3 else (0, missing)
    return functional.pad(tensor, pad) if missing else tensor


def maxsim(
    query: torch.Tensor, asked: torch.Tensor, tokens: torch.Tensor, own: torch.Tensor
) -> torch.Tensor:
    """The mean best likeness of each question's tokens in each passage (questions, passages)."""
    similar = torch.einsum("qid,pjd->qipj", query.bfloat16(), tokens.bfloat16())
    best = similar.masked_fill(~own[None, None], -2).amax(-1).float()
    counts = asked.float().sum(1)
    return (best * asked[..., None]).sum(1) / counts[:, None]


class Clock:
    """How far a stage is: by its steps where they are given, else by its minutes."""

    def __init__(self, minutes: float, steps: int | None) -> None:
        self._begin, self._seconds = time.monotonic(), minutes * 60
        self._steps, self.step = steps, 0

    @property
    def share(self) -> float:
        """From 0 to 1."""
        if self._steps:
            return self.step / self._steps
        return (time.monotonic() - self._begin) / self._seconds

    def rate(self) -> float:
        """Of the highest learning rate: a warm-up, then down in a straight line."""
        return min(1.0, self.share / WARM + 0.01) * max(LOWEST, 1 - self.share)


def mine(bench: Bench, encoder: Encoder, questions: Questions) -> Rows:
    """For each question wrong passages that look right, nearest first (questions, MINED)."""
    vectors, _ = bench.library(encoder)
    found = np.zeros((len(questions), MINED), np.int64)
    unique, inverse = np.unique(questions.query, return_inverse=True)
    asked = torch.cat(
        [bench.encode(encoder, unique[n : n + 2048])[0] for n in range(0, len(unique), 2048)]
    )
    for first in range(0, len(questions), 2048):
        part = slice(first, first + 2048)
        of_part = asked[torch.from_numpy(inverse[part]).to(bench.device)]
        top = (of_part @ vectors.T).topk(min(MINED + 12, len(vectors)), dim=1).indices
        alike = _alike(vectors, top, questions.right[part]).cpu().numpy()
        for row, rows in enumerate(top.cpu().numpy()):
            right = questions.right[first + row]
            kept = rows[~np.isin(rows, right) & (alike[row] < SAME)]
            found[first + row] = np.resize(kept if len(kept) else rows, MINED)
    return found


def _alike(vectors: torch.Tensor, top: torch.Tensor, right: list[Rows]) -> torch.Tensor:
    """How like a right passage each is: other laws repeat whole articles (questions, passages)."""
    firsts = torch.tensor([int(rows[0]) if len(rows) else -1 for rows in right], device=top.device)
    alike = torch.einsum("qpd,qd->qp", vectors[top], vectors[firsts.clamp(min=0)])
    return alike.masked_fill((firsts < 0)[:, None], -1)


def train_encoder(
    bench: Bench, out: Path, minutes: float, steps: int | None, begin: Path | None
) -> Encoder:
    """Stage one; from an earlier run's encoder where ``begin`` is its folder."""
    encoder = Encoder(bench.weights, bench.projection, RANK)
    if begin is not None:
        take_up(encoder, begin)
    encoder = encoder.to(bench.device)
    questions = bench.training()
    changes = list(encoder.bert.changes.values())
    optimizer = torch.optim.AdamW(
        [
            {"params": changes, "lr": 1.0, "weight_decay": 0.01},
            {"params": [encoder.directions], "lr": 0.2, "weight_decay": 0},
        ]
    )
    shares = [group["lr"] for group in optimizer.param_groups]
    if begin is None:
        measure(bench, encoder, "before")
    clock, rng, epoch = Clock(minutes, steps), np.random.default_rng(7), 0
    while clock.share < 1:
        wrong = mine(bench, encoder, questions)
        order = rng.permutation(len(questions))
        encoder.train()
        losses = []
        for first in range(0, len(order) - BATCH + 1, BATCH):
            for group, share in zip(optimizer.param_groups, shares, strict=True):
                group["lr"] = share * RATES["encoder"] * clock.rate()
            loss: Any = contrast(
                bench, encoder, questions, wrong, order[first : first + BATCH], rng
            )
            loss.backward()
            torch.nn.utils.clip_grad_norm_(changes, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            losses.append(loss.detach())
            clock.step += 1
            if clock.step % 50 == 1:
                print(f"step {clock.step} {clock.share:.0%}: {losses[-1].item():.3f}", flush=True)
            if clock.share >= 1:
                break
        epoch += 1
        mean = torch.stack(losses).mean().item()
        print(f"encoder epoch {epoch}, step {clock.step}, loss {mean:.3f}", flush=True)
        keep_encoder(encoder, out)
    measure(bench, encoder, f"encoder after {clock.step} steps")
    return encoder


def take_up(encoder: Encoder, begin: Path) -> None:
    """Go on from what ``keep_encoder`` wrote."""
    changes, projection = read_arrays(begin, "encoder.npz"), read_arrays(begin, "projection.npz")
    with torch.no_grad():
        for name, parameter in encoder.bert.changes.items():
            layer, short, part = name.split("_")
            parameter.copy_(torch.from_numpy(changes[f"{layer}.{short}.w.{part}"]).float())
        encoder.directions.copy_(torch.from_numpy(projection["directions"]))


def keep_encoder(encoder: Encoder, out: Path) -> None:
    """The encoder's changes and its projection."""
    np.savez(out / "encoder.npz", **encoder.bert.adapter())
    directions = encoder.directions.detach().cpu().numpy()
    means = {name: mean.cpu().numpy() for name, mean in encoder.means.items()}
    np.savez(out / "projection.npz", directions=directions, **means)


def contrast(
    bench: Bench,
    encoder: Encoder,
    questions: Questions,
    wrong: Rows,
    batch: Rows,
    rng: np.random.Generator,
) -> torch.Tensor:
    """InfoNCE by both likenesses; what else is right for a question counts neither way."""
    right = [int(rng.choice(questions.right[n])) for n in batch]
    drawn: list[int] = []
    for n in batch:
        drawn += rng.choice(wrong[n], NEGATIVES - 1, replace=False).tolist()
        drawn.append(int(rng.choice(bench.of_document[int(questions.document[n])])))
    passages = np.unique(np.array(right + drawn))
    place = {int(p): at for at, p in enumerate(passages)}
    target = torch.tensor([place[p] for p in right], device=bench.device)
    also = np.zeros((len(batch), len(passages)), bool)
    for row, n in enumerate(batch):
        also[row, [place[int(p)] for p in questions.right[n] if int(p) in place]] = True
        also[row, place[right[row]]] = False
    asked, asked_tokens, asked_own = bench.encode(encoder, questions.query[batch], grad=True)
    read, tokens, own = bench.encode(encoder, bench.passages[passages, 0], grad=True)
    hidden = torch.from_numpy(also).to(bench.device)
    total = torch.zeros((), device=bench.device)
    for scores, heat in (
        (asked @ read.T, DENSE_TEMPERATURE),
        (maxsim(asked_tokens, asked_own, tokens, own), LATE_TEMPERATURE),
    ):
        total = total + functional.cross_entropy((scores / heat).masked_fill(hidden, -1e4), target)
    return total


@torch.no_grad()
def found_by(
    bench: Bench, encoder: Encoder, questions: Questions, among: Rows | None, k: int
) -> Iterator[tuple[int, Rows, NDArray[np.float32]]]:
    """For each question its ``k`` best passages by both likenesses, with their scores."""
    vectors, tokens = bench.library(encoder)
    rows = np.arange(len(bench.passages)) if among is None else among
    where = torch.from_numpy(rows).to(bench.device)
    for first in range(0, len(questions), 256):
        part = questions.query[first : first + 256]
        asked, small, own = bench.encode(encoder, part)
        dense = asked @ vectors[where].T
        top = dense.topk(min(100, len(rows)), dim=1)
        for n in range(len(part)):
            picked = rows[top.indices[n].cpu().numpy()]
            held = torch.nn.utils.rnn.pad_sequence([tokens[p] for p in picked], batch_first=True)
            real = held.abs().sum(-1) > 0
            late = maxsim(small[n : n + 1], own[n : n + 1], held, real)[0]
            both = _spread(top.values[n]) + _spread(late)
            best = both.topk(min(k, len(picked)))
            yield first + n, picked[best.indices.cpu().numpy()], best.values.cpu().numpy()


def _spread(scores: torch.Tensor) -> torch.Tensor:
    return (scores - scores.min()) / (scores.max() - scores.min() + 1e-9)


def measure(bench: Bench, encoder: Encoder, said: str) -> None:
    """Print what comes first on each development set."""
    print(f"== {said}")
    encoder.eval()
    for name in sorted(bench.sets):
        questions = bench.sets[name]
        kept = [n for n in range(len(questions)) if len(questions.right[n])]
        if not name.startswith("dev_") or not kept:
            continue
        some = Questions(
            questions.query[kept], [questions.right[n] for n in kept], questions.document[kept]
        )
        ranks = [
            _rank(rows, some.right[n])
            for n, rows, _ in found_by(bench, encoder, some, bench.candidates(name), 10)
        ]
        print(f"{name:14s} {_figures(ranks)}", flush=True)


def _rank(found: Sequence[int] | Rows, right: Rows) -> int:
    at = np.flatnonzero(np.isin(found, right))
    return int(at[0]) + 1 if len(at) else 0


def _figures(ranks: list[int]) -> str:
    within = {k: sum(0 < rank <= k for rank in ranks) / len(ranks) for k in (1, 5, 10)}
    mrr = sum(1 / rank for rank in ranks if rank) / len(ranks)
    parts = [f"R@{k} {share:.3f}" for k, share in within.items()]
    return f"n {len(ranks):5d}  " + "  ".join(parts) + f"  MRR@10 {mrr:.3f}"


def read_together(bench: Bench, query: int, passage: int) -> Rows:
    """What the reader reads: the question, what stands above the passage, the passage."""
    text, context, _ = bench.passages[passage]
    corpus = bench.corpus
    parts = [[corpus.bos], corpus.own(query), [corpus.eos], corpus.own(int(context)), [corpus.eos]]
    ids = np.concatenate([*parts, corpus.own(int(text))])[: LONGEST_READ - 1]
    return np.append(ids, corpus.eos).astype(np.int64)


def scored(bench: Bench, reader: Reader, texts: list[Rows], grad: bool = False) -> torch.Tensor:
    """The reader's two scores of each text (texts, 2)."""
    places: list[int] = []
    parts: list[torch.Tensor] = []
    with torch.set_grad_enabled(grad), torch.autocast(bench.device, dtype=torch.bfloat16):
        for batch in bench.corpus.batches(texts, TOKENS[bench.device]):
            places += batch.places
            parts.append(reader(batch))
    return torch.cat(parts)[torch.argsort(torch.tensor(places, device=bench.device))]


def train_reader(
    bench: Bench, encoder: Encoder, out: Path, minutes: float, steps: int | None
) -> None:
    """Stage two."""
    with torch.no_grad():
        weights = encoder.bert.merged({n: w.to(bench.device) for n, w in bench.weights.items()})
    reader = Reader(weights, RANK, READER_LAYERS).to(bench.device)
    both = bench.training(unanswerable=True)
    wrong = mine(bench, encoder, both)
    optimizer = torch.optim.AdamW(
        [
            {"params": list(reader.bert.changes.values()), "weight_decay": 0.01},
            {"params": list(reader.head.parameters()), "weight_decay": 0},
        ]
    )
    lists = {
        name: dev_lists(bench, encoder, name) for name in sorted(bench.sets) if name[:4] == "dev_"
    }
    clock, rng, epoch = Clock(minutes, steps), np.random.default_rng(8), 0
    while clock.share < 1:
        order = rng.permutation(len(both))
        reader.train()
        losses = []
        for first in range(0, len(order) - GROUPS + 1, GROUPS):
            for group in optimizer.param_groups:
                group["lr"] = RATES["reader"] * clock.rate()
            loss: Any = listwise(bench, reader, both, wrong, order[first : first + GROUPS], rng)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            losses.append(loss.detach())
            clock.step += 1
            if clock.step % 50 == 1:
                print(f"step {clock.step} {clock.share:.0%}: {losses[-1].item():.3f}", flush=True)
            if clock.share >= 1 or clock.step % 400 == 0:
                judge(bench, reader, lists, f"reader step {clock.step}")
                keep_reader(reader, out)
                reader.train()
            if clock.share >= 1:
                break
        epoch += 1
        print(f"reader epoch {epoch}: loss {torch.stack(losses).mean().item():.3f}")


def keep_reader(reader: Reader, out: Path) -> None:
    """The reader's changes and its head."""
    head: dict[str, Any] = {
        f"head.{n}": p.detach().cpu().numpy() for n, p in reader.head.named_parameters()
    }
    np.savez(out / "reader.npz", **reader.bert.adapter(), **head)


def listwise(
    bench: Bench,
    reader: Reader,
    questions: Questions,
    wrong: Rows,
    batch: Rows,
    rng: np.random.Generator,
) -> torch.Tensor:
    """Of each group's passages the right one, and of each passage whether it answers."""
    texts, answers = [], np.zeros((len(batch), GROUP), np.float32)
    for row, n in enumerate(batch):
        right = questions.right[n]
        drawn = rng.choice(wrong[n], GROUP - 2, replace=False).tolist()
        others = bench.of_document.get(int(questions.document[n]), drawn)
        drawn.append(int(rng.choice(others)))
        drawn.insert(0, int(rng.choice(right)) if len(right) else int(wrong[n][0]))
        answers[row] = np.isin(drawn, right)
        texts += [read_together(bench, int(questions.query[n]), p) for p in drawn]
    scores = scored(bench, reader, texts, grad=True).view(len(batch), GROUP, 2)
    wanted = torch.from_numpy(answers).to(bench.device)
    some = wanted[:, 0] > 0
    also = wanted.bool()
    also[:, 0] = False
    fit = scores[..., 0].masked_fill(also, -1e4)[some]
    ranking = functional.cross_entropy(
        fit, torch.zeros(len(fit), dtype=torch.long, device=fit.device)
    )
    answering = functional.binary_cross_entropy_with_logits(
        scores[..., 1], wanted, weight=torch.where(wanted > 0, 3.0, 1.0)
    )
    return ranking + answering


def dev_lists(bench: Bench, encoder: Encoder, name: str) -> list[tuple[int, Rows, Any, Rows]]:
    """Each development question with its twenty best passages, their scores, and the right ones."""
    questions = bench.sets[name]
    return [
        (int(questions.query[n]), rows, scores, questions.right[n])
        for n, rows, scores in found_by(bench, encoder, questions, bench.candidates(name), 20)
    ]


def judge(bench: Bench, reader: Reader, lists: dict[str, Any], said: str) -> None:
    """Print what comes first when the reader orders the best twenty, alone and with the encoder."""
    print(f"== {said}")
    reader.eval()
    for name, asked in lists.items():
        texts = [read_together(bench, query, int(p)) for query, rows, _, _ in asked for p in rows]
        if not texts:
            continue
        scores = scored(bench, reader, texts).float().cpu().numpy()
        ranks: dict[str, list[int]] = {"encoder": [], "reader": [], "both": []}
        best, answered, at = [], [], 0
        for _, rows, before, right in asked:
            own = scores[at : at + len(rows)]
            at += len(rows)
            best.append(own[:, 1].max())
            answered.append(bool(len(right)))
            if not len(right):
                continue
            ranks["encoder"].append(_rank(rows, right))
            ranks["reader"].append(_rank(rows[np.argsort(-own[:, 0])], right))
            mixed = own[:, 0] / 4 + before * 2
            ranks["both"].append(_rank(rows[np.argsort(-mixed)], right))
        for kind, listed in ranks.items():
            if listed:
                print(f"{name:14s} {kind:8s} {_figures(listed)}")
        if any(answered) and not all(answered):
            print(
                f"{name:14s} AUROC of the best passage's answer score {_auroc(best, answered):.3f}"
            )
    print(end="", flush=True)


def _auroc(scores: list[float], truth: list[bool]) -> float:
    yes, no = (
        np.array([s for s, t in zip(scores, truth, strict=True) if t is w]) for w in (True, False)
    )
    return float((yes[:, None] > no[None]).mean())


def main() -> None:
    """Both stages, or one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pack", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--encoder-minutes", type=float, default=4)
    parser.add_argument("--reader-minutes", type=float, default=4)
    parser.add_argument("--begin", type=Path, help="go on from the encoder in this folder")
    parser.add_argument("--steps", type=int, help="steps of each stage, instead of minutes")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(7)
    torch.set_float32_matmul_precision("high")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    bench = Bench(args.pack, device)
    print(device, {name: len(each) for name, each in bench.sets.items()}, flush=True)
    encoder = train_encoder(bench, args.out, args.encoder_minutes, args.steps, args.begin)
    if args.reader_minutes:
        train_reader(bench, encoder, args.out, args.reader_minutes, args.steps)


if __name__ == "__main__":
    main()
