"""The tags of Label Studio's labelling configs, by what Assay does with them."""

VIEW, HEADER, TEXT, STYLE = "view", "header", "text", "style"
CHOICES, CHOICE, LABELS, LABEL = "choices", "choice", "labels", "label"
RATING, NUMBER, TEXTAREA = "rating", "number", "textarea"

CONTROLS = frozenset({CHOICES, LABELS, RATING, NUMBER, TEXTAREA})
SUPPORTED = CONTROLS | {VIEW, HEADER, TEXT, STYLE, CHOICE, LABEL}

_LABEL_STUDIO = """
    audio audioplus bitmask bitmasklabels brush brushlabels bucket channel chat chatmessage collapse
    customscript datetime dialog ellipse ellipselabels filter hypertext hypertextlabels image
    keypoint keypointlabels list magicwand markdown multichannel ocrlabels pagedview paginated
    pairwise panel paragraphlabels paragraphs pdf polygon polygonlabels ranker reactcode rectangle
    rectanglelabels relation relations repeater shortcut table taxonomy timelinelabels timeseries
    timeserieslabels timeseriesoverview vector vectorlabels video videorectangle videovector
    videovectorlabels website
"""
_HTML = """
    a b br code div em h1 h2 h3 h4 h5 h6 hr html i img li ol p pre section small span strong sub sup
    table tbody td th thead tr u ul
"""

UNSUPPORTED = frozenset(_LABEL_STUDIO.split()) | frozenset(_HTML.split())
"""The other tags of Label Studio 1.23.2, and plain HTML, which it shows as it stands."""

# Attributes that change what is asked; ignoring them would ask something else.
UNSUPPORTED_ATTRIBUTES = (
    "perRegion",
    "perItem",
    "visibleWhen",
    "whenTagName",
    "whenLabelValue",
    "whenChoiceValue",
    "whenRole",
    "valueList",
    "defaultValue",
    "saveTextResult",
    "indexFlag",
)
