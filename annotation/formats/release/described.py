"""What each format is for, for people, and the line that loads it. A format of the registry has a row here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from annotation.formats.message import gettext_noop


class Described(NamedTuple):
    """A format's title, what it is for (English, marked for translation), and the line of code that loads it.

    In `load` paths are relative to the release's folder, which `RELEASE_DIR` stands for where a path cannot be, and a
    split is `train`.
    """

    title: str
    about: str
    load: str = ""


def _folder(key: str) -> str:
    return f'load_dataset("RELEASE_DIR/{key}")'


DESCRIBED: Mapping[str, Described] = {
    "record": Described(
        gettext_noop("Record"),
        gettext_noop("Everything the release says of each item, one JSON line an item. Always there."),
        '[json.loads(line) for line in open("gold/train.jsonl", encoding="utf-8")]',
    ),
    "parquet": Described(
        gettext_noop("Hugging Face dataset (Parquet)"),
        gettext_noop("Typed columns with label names; the release's folder loads as a dataset."),
        'load_dataset("RELEASE_DIR")',
    ),
    "csv": Described(
        gettext_noop("CSV"),
        gettext_noop("One row an item, for spreadsheets and quick looks. Import its columns as text."),
        'pandas.read_csv("csv/train.csv")',
    ),
    "classification": Described(
        gettext_noop("Text classification"),
        gettext_noop("A text with its label, or with several."),
        _folder("classification"),
    ),
    "bio": Described(
        gettext_noop("BIO tags"), gettext_noop("Tokens with their offsets and BIO tags."), _folder("bio")
    ),
    "bilou": Described(
        gettext_noop("BILOU tags"),
        gettext_noop("Tokens with their offsets and BILOU tags."),
        _folder("bilou"),
    ),
    "token_rows": Described(
        gettext_noop("Token classification"),
        gettext_noop("Tokens and their tags alone, as trainers of token classifiers read them."),
        _folder("token_rows"),
    ),
    "conll": Described(
        gettext_noop("CoNLL-2003"),
        gettext_noop("A token and its tag a line, for tools that read columns."),
        "python -m spacy convert conll/train.conll . -c conll",
    ),
    "docbin": Described(
        gettext_noop("spaCy DocBin"),
        gettext_noop("Documents with entities, nested spans and categories, for training with spaCy."),
        'DocBin().from_disk("docbin/train.spacy").get_docs(spacy.blank("en").vocab)',
    ),
    "relations": Described(
        gettext_noop("Relations"),
        gettext_noop("Entities of a text and how they are related, by characters and by tokens."),
        _folder("relations"),
    ),
    "squad": Described(
        gettext_noop("SQuAD 2.0"),
        gettext_noop("Questions answered by pieces of a text, also those that nothing answers."),
        _folder("squad"),
    ),
    "coco": Described(
        gettext_noop("COCO"),
        gettext_noop("Boxes and outlines on pictures, in pixels."),
        'pycocotools.coco.COCO("coco/train.json")',
    ),
    "label_studio": Described(
        gettext_noop("Label Studio JSON"),
        gettext_noop(
            "Tasks with the gold answer and every annotator's own, to import into Label Studio or Assay."
        ),
        'json.load(open("label_studio/train.json", encoding="utf-8"))',
    ),
    "label_studio_min": Described(
        gettext_noop("Label Studio JSON-MIN"),
        gettext_noop("The gold answers beside each item's data, without Label Studio's wrappings."),
        'json.load(open("label_studio_min/train.json", encoding="utf-8"))',
    ),
    "argilla": Described(
        gettext_noop("Argilla"),
        gettext_noop("Records for Argilla, the gold answers as suggestions."),
        'rg.Dataset.from_disk("argilla/train")',
    ),
    "web_annotation": Described(
        gettext_noop("W3C Web Annotation"),
        gettext_noop("Each marked piece and each answer as linked data (JSON-LD)."),
        '[json.loads(line) for line in open("web_annotation/train.jsonl", encoding="utf-8")]',
    ),
    "openai": Described(
        gettext_noop("OpenAI fine-tuning"),
        gettext_noop("Conversations as OpenAI's fine-tuning takes them."),
        _folder("openai"),
    ),
    "openai_preference": Described(
        gettext_noop("OpenAI preferences"),
        gettext_noop("A preferred answer and another, as OpenAI's preference fine-tuning takes them."),
        _folder("openai_preference"),
    ),
    "sharegpt": Described(
        gettext_noop("ShareGPT"),
        gettext_noop("Conversations in turns of human and model, as many trainers read them."),
        _folder("sharegpt"),
    ),
    "trl_chat": Described(
        gettext_noop("TRL conversations"),
        gettext_noop("Conversations for supervised fine-tuning with TRL."),
        _folder("trl_chat"),
    ),
    "prompt_completion": Described(
        gettext_noop("Prompt and completion"),
        gettext_noop("A prompt and its completion, for supervised fine-tuning with TRL."),
        _folder("prompt_completion"),
    ),
    "dpo": Described(
        gettext_noop("Preferences (DPO)"),
        gettext_noop("A prompt with a chosen and a rejected answer, for direct preference optimisation."),
        _folder("dpo"),
    ),
    "kto": Described(
        gettext_noop("Unpaired preferences (KTO)"),
        gettext_noop("Answers that are good or bad, each for itself."),
        _folder("kto"),
    ),
    "reward": Described(
        gettext_noop("Reward model pairs"),
        gettext_noop("A chosen and a rejected conversation, for training a reward model."),
        _folder("reward"),
    ),
    "ranking": Described(
        gettext_noop("Rankings"),
        gettext_noop("A prompt with its answers, the best first."),
        _folder("ranking"),
    ),
    "prm": Described(
        gettext_noop("Steps (PRM)"),
        gettext_noop("The steps of a solution, each right or wrong, for training a process reward model."),
        _folder("prm"),
    ),
    "rubric": Described(
        gettext_noop("Rubric grades"),
        gettext_noop("An answer with the criteria it was graded by, their weights and points."),
        _folder("rubric"),
    ),
    "prov": Described(
        gettext_noop("W3C PROV"),
        gettext_noop("Where each label came from: who, when, under which guideline. One document an item."),
        '[prov.model.ProvDocument.deserialize(content=line) for line in open("prov/train.jsonl", encoding="utf-8")]',
    ),
}
