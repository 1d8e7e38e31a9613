"""Take a project out to a running server: what is new here or has changed, page by page.

What is on its way is written down before it goes: after a kill one looks whether it arrived, and sends nothing twice.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from django.db import transaction

from annotation.models import Item, Project, StudioTwin, TwinKind
from annotation.scripted.exchange.pull import PAGE, Progress, settings_of
from annotation.scripted.exchange.report import Report
from annotation.scripted.exchange.words import Said, digest, digest_of, parts_of, task_digest
from annotation.studio.answers import plain
from annotation.studio.projects import project_json
from annotation.studio.tasks import tasks_json
from core import faults
from core.models import User

_CHANGED = ("result", "was_cancelled", "ground_truth", "lead_time")
_SENT = (*_CHANGED, "unique_id", "created_at", "updated_at")


class There(Protocol):
    """What is asked of the other server (`formats.label_studio.sdk.Server`)."""

    def get(self, path: str, **params: Any) -> Any: ...
    def send(self, method: str, path: str, body: Any, **params: Any) -> Any: ...
    def users(self) -> dict[int, dict[str, Any]]: ...
    def projects(self) -> Iterator[dict[str, Any]]: ...
    def all_tasks(self, project: int, size: int) -> Iterator[dict[str, Any]]: ...


class Push:
    """One push of one project. `address` names the server in what is remembered; `refused`: what it raises."""

    def __init__(
        self,
        *,
        server: There,
        address: str,
        project: Project,
        by: User,
        report: Report,
        refused: type[Exception],
    ) -> None:
        self._server, self._address, self._project, self._by = server, address, project, by
        self._report, self._refused = report, refused
        self._there = {one["email"].lower(): number for number, one in server.users().items()}
        self._me = int(server.get("api/current-user/whoami")["id"])

    def founded(self) -> int:
        """The project's number there: found by what is remembered, else founded now."""
        source = self._project.schemas.order_by("-version").values_list("source", flat=True)[0]
        given = settings_of(plain(project_json(self._project, source, None)))
        twin, _new = self._rows(TwinKind.PROJECT).get_or_create(
            project=self._project,
            server=self._address,
            outward=True,
            kind=TwinKind.PROJECT,
            ours=self._project.pk,
        )
        given["title"] = given["title"][:50].ljust(3, ".")
        if twin.theirs is None:
            found = self._arrived(given) or self._server.send("POST", "api/projects/", given)
            faults.point("exchange.project_sent")
            self._report.carried["projects"] += 1
            for name, value in given.items():
                if found.get(name) != value:
                    self._report.lose("project_options", name)
            twin.theirs = found["id"]
        elif twin.digest != digest(given):
            self._server.send("PATCH", f"api/projects/{twin.theirs}/", given)
            self._report.carried["projects_changed"] += 1
        twin.digest = digest(given)
        twin.save()
        return int(twin.theirs)

    def _arrived(self, given: Said) -> Mapping[str, Any] | None:
        """A project that was sent before a kill: empty, of this name and config, and nobody's twin."""
        known = StudioTwin.objects.filter(server=self._address, kind=TwinKind.PROJECT)
        mine = set(known.values_list("theirs", flat=True))
        for one in self._server.projects():
            same = one["title"] == given["title"] and one["label_config"] == given["label_config"]
            if same and one["id"] not in mine and not one.get("task_number"):
                return one
        return None

    def items(self, number: int, progress: Progress) -> None:
        """Its items with all that hangs on them."""
        self._adopt(number)
        rows = Item.objects.filter(project=self._project, control=False).order_by("pk")
        total, last, seen = rows.count(), 0, 0
        while page := list(rows.filter(pk__gt=last)[:PAGE]):
            last, seen = page[-1].pk, seen + len(page)
            tasks = [plain(one) for one in tasks_json(page, self._by, sees_all=True)]
            known = {
                one.ours: one for one in self._rows(TwinKind.ITEM).filter(ours__in=[one.pk for one in page])
            }
            self._new(number, [task for task in tasks if task["id"] not in known])
            for task in tasks:
                twin = known.get(task["id"])
                if twin is None:
                    continue
                if twin.digest == task_digest(task):
                    self._report.carried["unchanged"] += 1
                else:
                    self._changed(task, twin)
            progress(self._project.name, seen, total)

    def _new(self, number: int, tasks: Sequence[dict[str, Any]]) -> None:
        if not tasks:
            return
        with transaction.atomic():
            StudioTwin.objects.bulk_create(self._twin(TwinKind.ITEM, task["id"]) for task in tasks)
        faults.point("exchange.before_send")
        body = [self._body(task) for task in tasks]
        try:
            said = self._server.send(
                "POST", f"api/projects/{number}/import", body, return_task_ids=True, commit_to_project=True
            )
        except self._refused as error:
            if not getattr(error, "is_about_what_was_sent", True):
                raise  # it may have been stored all the same: the next push looks
            self._rows(TwinKind.ITEM).filter(theirs=None).delete()
            if len(tasks) == 1:
                self._report.lose("refused", f"tasks[{tasks[0]['id']}]: {error}")
                return
            for task in tasks:
                self._new(number, [task])
            return
        faults.point("exchange.sent")
        ids = said.get("task_ids") or []
        if len(ids) == len(tasks):
            stored = [self._server.get(f"api/tasks/{one}/") for one in ids]
            with transaction.atomic():
                for task, there in zip(tasks, stored, strict=True):
                    self._remember(task, there)
        else:
            self._adopt(number)
        for task in tasks:
            self._note(task)
        faults.point("exchange.after_page")

    def _adopt(self, number: int) -> None:
        """What was on its way: remembered as arrived where it did, else forgotten, so that it is sent again."""
        waiting = list(self._rows(TwinKind.ITEM).filter(theirs=None).order_by("ours"))
        if not waiting:
            return
        known = set(self._rows(TwinKind.ITEM).exclude(theirs=None).values_list("theirs", flat=True))
        there: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for task in self._server.all_tasks(number, PAGE):
            if task["id"] not in known:
                there[digest(task["data"])].append(task)
        for start in range(0, len(waiting), PAGE):
            rows = waiting[start : start + PAGE]
            items = Item.objects.filter(pk__in=[one.ours for one in rows]).order_by("pk")
            with transaction.atomic():
                for task in map(plain, tasks_json(list(items), self._by, sees_all=True)):
                    if found := there[digest(task["data"])]:
                        self._remember(task, found.pop(0))
        self._rows(TwinKind.ITEM).filter(theirs=None).delete()

    def _remember(self, task: Said, there: Said) -> None:
        """What the server made of a task: its numbers, and where it differs."""
        self._keep(TwinKind.ITEM, task["id"], there["id"], task_digest(task))
        self._report.carried["items"] += 1
        for kind in ("annotation", "prediction"):
            mine = sorted(parts_of(task, kind), key=lambda one: int(one["id"]))
            theirs = sorted(parts_of(there, kind), key=lambda one: int(one["id"]))
            place = f"tasks[{task['id']}].{kind}s"
            if len(mine) != len(theirs):
                self._report.lose("differs", f"{place}: {len(mine)} sent, {len(theirs)} there")
            for one, other in zip(mine, theirs, strict=False):
                self._keep(kind, one["id"], other["id"], digest_of(kind, one))
                self._report.carried[f"{kind}s"] += 1
                self._compare(kind, one, other, f"{place}[{one['id']}]")

    def _compare(self, kind: str, mine: Said, theirs: Said, place: str) -> None:
        keys = _CHANGED if kind == "annotation" else ("result", "score", "model_version")
        for key in keys:
            if mine.get(key) != theirs.get(key):
                self._report.lose("differs", f"{place}.{key}")
        if mine.get("created_at") != theirs.get("created_at"):
            self._report.lose("times", place)
        for name in ("parent_annotation", "parent_prediction"):
            if mine.get(name):
                self._report.lose("more", f"{place}.{name}")

    def _changed(self, task: dict[str, Any], twin: StudioTwin) -> None:
        """Data, answers and predictions that are new here or say something else."""
        try:
            self._send_parts(task, int(twin.theirs or 0))
        except self._refused as error:
            if not getattr(error, "is_about_what_was_sent", True):
                raise
            self._report.lose("refused", f"tasks[{task['id']}]: {error}")
            return
        self._keep(TwinKind.ITEM, task["id"], int(twin.theirs or 0), task_digest(task))
        self._report.carried["items_changed"] += 1
        self._note(task)

    def _send_parts(self, task: dict[str, Any], number: int) -> None:
        there = self._server.get(f"api/tasks/{number}/")
        data = {"data": task["data"], "meta": task["meta"]}
        if there["data"] != data["data"] or (there.get("meta") or {}) != (data["meta"] or {}):
            self._server.send("PATCH", f"api/tasks/{number}/", data)
        names = {str(one.get("unique_id")): one["id"] for one in parts_of(there, "annotation")}
        for said in parts_of(task, "annotation"):
            place = f"tasks[{task['id']}].annotations[{said['id']}]"
            twin = self._twin_of("annotation", said["id"])
            known = twin.theirs if twin else names.get(str(said.get("unique_id")))
            if twin and twin.digest == digest_of("annotation", said):
                continue
            body = {name: said.get(name) for name in (_CHANGED if known else _SENT)}
            if known:
                self._server.send("PATCH", f"api/annotations/{known}/", body)
                self._report.carried["annotations_changed"] += 1
            else:
                body["completed_by"] = self._author(said, place)
                known = self._server.send("POST", f"api/tasks/{number}/annotations/", body)["id"]
                self._report.carried["annotations"] += 1
            self._keep("annotation", said["id"], int(known), digest_of("annotation", said))
        strays = self._stray_predictions(there)
        for said in parts_of(task, "prediction"):
            twin = self._twin_of("prediction", said["id"])
            if twin and twin.digest == digest_of("prediction", said):
                continue
            if twin is None and (arrived := strays.get(digest_of("prediction", said))):
                self._keep("prediction", said["id"], arrived.pop(), digest_of("prediction", said))
                continue
            body = {name: said.get(name) for name in ("result", "score", "model_version")} | {"task": number}
            made = (
                self._server.send("PATCH", f"api/predictions/{twin.theirs}/", body)
                if twin
                else self._server.send("POST", "api/predictions/", body)
            )
            faults.point("exchange.part_sent")
            self._keep("prediction", said["id"], int(made["id"]), digest_of("prediction", said))
            self._report.carried["predictions"] += 1

    def _stray_predictions(self, there: Said) -> dict[str, list[int]]:
        """Those of a task there that are nobody's twin, by what they say: a push that was killed has sent them."""
        told = {int(one["id"]): digest_of("prediction", one) for one in parts_of(there, "prediction")}
        known = self._rows("prediction").filter(theirs__in=told).values_list("theirs", flat=True)
        strays: dict[str, list[int]] = defaultdict(list)
        for number in sorted(told.keys() - set(known), reverse=True):
            strays[told[number]].append(number)
        return strays

    def _body(self, task: Said) -> dict[str, Any]:
        place = f"tasks[{task['id']}]"
        return {
            "data": task["data"],
            "meta": task["meta"],
            "annotations": [
                {name: one.get(name) for name in _SENT}
                | {"id": one["id"], "completed_by": self._author(one, f"{place}.annotations[{one['id']}]")}
                for one in parts_of(task, "annotation")
            ],
            "predictions": [
                {name: one.get(name) for name in ("result", "score", "model_version")}
                for one in parts_of(task, "prediction")
            ],
        }

    def _author(self, said: Said, place: str) -> int:
        """Their number of whose answer it is; nobody can be made there, so an unknown one's stands under the sender."""
        author = said["completed_by"]
        number = self._there.get(str(author["email"]).lower())
        if number is None:
            self._report.lose("author_theirs", f"{place}: {author['email']}")
        return number or self._me

    def _note(self, task: Said) -> None:
        for said in parts_of(task, "draft"):
            self._report.lose("drafts", f"tasks[{task['id']}].drafts[{said['id']}]")

    def _rows(self, kind: str) -> Any:
        return StudioTwin.objects.filter(project=self._project, server=self._address, outward=True, kind=kind)

    def _twin_of(self, kind: str, ours: int) -> StudioTwin | None:
        found: StudioTwin | None = self._rows(kind).filter(ours=ours).first()
        return found

    def _twin(self, kind: str, ours: int) -> StudioTwin:
        return StudioTwin(project=self._project, server=self._address, outward=True, kind=kind, ours=ours)

    def _keep(self, kind: str, ours: int, theirs: int, digest: str) -> None:
        StudioTwin.objects.update_or_create(
            project=self._project,
            server=self._address,
            outward=True,
            kind=kind,
            ours=ours,
            defaults={"theirs": theirs, "digest": digest},
        )
