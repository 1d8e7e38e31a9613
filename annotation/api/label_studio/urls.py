"""Routes of the Label Studio compatible API, under `/api/`."""

from annotation.api.label_studio import (
    about_projects,
    annotations,
    drafts,
    exporting,
    importing,
    later,
    manager,
    projects,
    streaming,
    tasks,
    tokens,
    users,
    webhooks,
)

urls = [
    *about_projects.urls,
    *annotations.urls,
    *drafts.urls,
    *exporting.urls,
    *importing.urls,
    *later.urls,
    *manager.urls,
    *projects.urls,
    *streaming.urls,
    *tasks.urls,
    *tokens.urls,
    *users.urls,
    *webhooks.urls,
]
