"""Routes of the API, under `/api/`."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from annotation.api import (
    agreement,
    assigning,
    batches,
    conflicts,
    controls,
    coverage,
    credentials,
    dispute_follow_up,
    disputes,
    exams,
    jobs,
    labelling,
    leases,
    my_work,
    overlap,
    people,
    profile,
    projects,
    ranking,
    releases,
    rules,
    trust,
    verifying,
)
from annotation.api.base import Nothing
from annotation.api.docs import Docs

app_name = "api"
v1 = [
    path("projects", projects.ProjectList.as_view(), name="projects"),
    path("projects/<slug:uid>", projects.ProjectDetail.as_view(), name="project"),
    path("projects/<slug:uid>/agreement", projects.AgreementList.as_view(), name="agreement"),
    path("projects/<slug:uid>/next", labelling.Next.as_view(), name="next"),
    path("projects/<slug:uid>/batches", batches.BatchList.as_view(), name="batches"),
    path("projects/<slug:uid>/releases", releases.ReleaseList.as_view(), name="releases"),
    path("assignments/<slug:uid>", labelling.Work.as_view(), name="assignment"),
    path("assignments/<slug:uid>/draft", labelling.SaveDraft.as_view(), name="draft"),
    path("assignments/<slug:uid>/submit", labelling.Submit.as_view(), name="submit"),
    path("assignments/<slug:uid>/skip", labelling.Skip.as_view(), name="skip"),
    path("assignments/<slug:uid>/return", labelling.GiveBack.as_view(), name="return"),
    path("batches/<slug:uid>", batches.BatchDetail.as_view(), name="batch"),
    path("batches/<slug:uid>/problems", batches.ProblemList.as_view(), name="problems"),
    path("releases/<slug:uid>", releases.ReleaseDetail.as_view(), name="release"),
    path(
        "releases/<slug:uid>/files/<path:name>", releases.ReleaseFileDownload.as_view(), name="release-file"
    ),
    path(
        "organisations/<slug:uid>/credentials",
        people.CredentialList.as_view(),
        name="organisation-credentials",
    ),
    path(
        "organisations/<slug:uid>/credentials/<slug:credential>/answer",
        verifying.AnswerCredential.as_view(),
        name="answer-credential",
    ),
    path(
        "organisations/<slug:uid>/credentials/<slug:credential>/qualify",
        verifying.QualifyOn.as_view(),
        name="qualify-on",
    ),
    path(
        "organisations/<slug:uid>/qualifications/<slug:qualification>/revoke",
        verifying.RevokeQualification.as_view(),
        name="revoke-qualification",
    ),
    path("organisations/<slug:uid>/experts/<slug:expert>", people.ExpertDetail.as_view(), name="expert"),
    path("projects/<slug:uid>/experts/<slug:expert>", people.ProjectExpert.as_view(), name="project-expert"),
    path(
        "projects/<slug:uid>/credentials/<slug:credential>/answer",
        verifying.AnswerInProject.as_view(),
        name="answer-in-project",
    ),
    path(
        "projects/<slug:uid>/credentials/<slug:credential>/qualify",
        verifying.QualifyInProject.as_view(),
        name="qualify-in-project",
    ),
    path(
        "projects/<slug:uid>/qualifications/<slug:qualification>/revoke",
        verifying.RevokeInProject.as_view(),
        name="revoke-in-project",
    ),
    path("credential-kinds", credentials.KindList.as_view(), name="credential-kinds"),
    path("credentials/<slug:uid>", credentials.CredentialDetail.as_view(), name="credential"),
    path("credentials/<slug:uid>/evidence", credentials.EvidenceDownload.as_view(), name="evidence"),
    path("me/credentials", credentials.OwnCredentials.as_view(), name="own-credentials"),
    path("me/qualifications", profile.OwnQualifications.as_view(), name="own-qualifications"),
    path("me/profile", profile.Profile.as_view(), name="profile"),
    path("organisations/<slug:uid>/roster", people.Roster.as_view(), name="roster"),
    path("conflicts", conflicts.ConflictList.as_view(), name="conflicts"),
    path("conflicts/<slug:uid>/withdraw", conflicts.WithdrawConflict.as_view(), name="withdraw-conflict"),
    path("items/<slug:uid>/judges", conflicts.ItemJudges.as_view(), name="judges"),
    path("jobs/<slug:uid>", jobs.JobDetail.as_view(), name="job"),
    path("jobs/<slug:uid>/stop", jobs.StopJob.as_view(), name="stop-job"),
    *agreement.urls,
    *assigning.urls,
    *controls.urls,
    *coverage.urls,
    *dispute_follow_up.urls,
    *disputes.urls,
    *exams.urls,
    *leases.urls,
    *my_work.urls,
    *overlap.urls,
    *ranking.urls,
    *rules.urls,
    *trust.urls,
]
urlpatterns = [
    path("v1/", include(v1)),
    path("schema", SpectacularAPIView.as_view(), name="schema"),
    path("docs", Docs.as_view(url_name="api:schema"), name="docs"),
    path("<path:rest>", Nothing.as_view(), name="nothing"),
]
