"""Label Studio's export formats, written as its server writes them: tasks in its JSON shape in, chunks of bytes out.

    for chunk in export_format("CSV").write(tasks, config, made_at): ...

Pure, and one pass over `tasks`, which may be a generator: what a format must hold back lies in a temporary file.
"""

from annotation.formats.label_studio_export.registry import (
    FORMATS,
    ExportFormat,
    UnknownFormat,
    export_format,
)

__all__ = ["FORMATS", "ExportFormat", "UnknownFormat", "export_format"]
