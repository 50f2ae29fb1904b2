"""From files to records: documents, their structure, the laws, citations."""

from corpus.catalog import Catalog, CitedEntry, load_catalog, read_held_text
from corpus.citations import CitedRow, Resolver, cited_documents
from corpus.clauses import clause_span, list_number, passages_in, stands_in
from corpus.errors import DamagedError, FajuError, InputError, MissingError
from corpus.known import KnownDocument, known_documents
from corpus.library import load_library
from corpus.links import Link, Links, pointed_back, resolve_links
from corpus.names import bracketed_names, key_variants, name_key, own_aliases
from corpus.numerals import normal_article, parse_article, parse_number, to_chinese
from corpus.pairing import Pair, Piece, pair_documents
from corpus.read import decode, sound
from corpus.records import Amended, Citation, Document, Origin, Passage, Section, passage_at
from corpus.register import (
    OwnDocument,
    discard,
    keep,
    kept_files,
    library_lock,
    load_register,
    own_document,
    own_documents,
    preview,
    put_files,
    text_checksum,
    write_register,
)
from corpus.renumbering import Renumbering, amended_number, written_place
from corpus.repeals import Repeal, repeals
from corpus.sentences import sentence_spans
from corpus.statutes import LawSelection, list_laws, select_laws
from corpus.store import checksum, corpus_checksum, load_documents, save_documents
from corpus.validation import Unfit, validated
from corpus.versions import in_their_versions, version_name, versions_named

__all__ = [
    "Amended",
    "Catalog",
    "Citation",
    "CitedEntry",
    "CitedRow",
    "DamagedError",
    "Document",
    "FajuError",
    "InputError",
    "KnownDocument",
    "LawSelection",
    "Link",
    "Links",
    "MissingError",
    "Origin",
    "OwnDocument",
    "Pair",
    "Passage",
    "Piece",
    "Renumbering",
    "Repeal",
    "Resolver",
    "Section",
    "Unfit",
    "amended_number",
    "bracketed_names",
    "checksum",
    "cited_documents",
    "clause_span",
    "corpus_checksum",
    "decode",
    "discard",
    "in_their_versions",
    "keep",
    "kept_files",
    "key_variants",
    "known_documents",
    "library_lock",
    "list_laws",
    "list_number",
    "load_catalog",
    "load_documents",
    "load_library",
    "load_register",
    "name_key",
    "normal_article",
    "own_aliases",
    "own_document",
    "own_documents",
    "pair_documents",
    "parse_article",
    "parse_number",
    "passage_at",
    "passages_in",
    "pointed_back",
    "preview",
    "put_files",
    "read_held_text",
    "repeals",
    "resolve_links",
    "save_documents",
    "select_laws",
    "sentence_spans",
    "sound",
    "stands_in",
    "text_checksum",
    "to_chinese",
    "validated",
    "version_name",
    "versions_named",
    "write_register",
    "written_place",
]
