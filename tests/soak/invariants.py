"""What must hold after any kill, read from the database as it is."""

from collections.abc import Iterable

from tests.support.stack import Stack

# Each query finds the rows that break the sentence. A copy that is a control item (`copy` below 0) came with no file.
INVARIANTS = {
    "no job failed": "SELECT id, kind, error FROM core_job WHERE state = 'failed'",
    "no item has more answers than its overlap": """
        SELECT i.id, i.overlap, COUNT(*) FROM annotation_item i
        JOIN annotation_annotation a ON a.item_id = i.id AND a.round = i.round
        WHERE a.retracted_at IS NULL AND NOT a.surplus
        GROUP BY i.id, i.overlap HAVING COUNT(*) > i.overlap""",
    "an item counts the answers it has": """
        SELECT i.id, i.filled, COUNT(a.id) FROM annotation_item i
        LEFT JOIN annotation_annotation a
          ON a.item_id = i.id AND a.round = i.round AND a.retracted_at IS NULL AND NOT a.surplus
        GROUP BY i.id, i.filled HAVING COUNT(a.id) <> i.filled""",
    "no expert has an item twice in a round": """
        SELECT item_id, expert_id, round FROM annotation_assignment
        GROUP BY item_id, expert_id, round HAVING COUNT(*) > 1""",
    "a submitted assignment has an annotation, and no other has one": """
        SELECT s.id, s.outcome FROM annotation_assignment s
        LEFT JOIN annotation_annotation a ON a.assignment_id = s.id
        WHERE (s.outcome = 'submitted') <> (a.id IS NOT NULL)""",
    "every annotation has a current version": "SELECT id FROM annotation_annotation WHERE current_id IS NULL",
    "an item with all its answers was compared": """
        SELECT id FROM annotation_item
        WHERE routed_at IS NOT NULL AND overlap > 0 AND filled >= overlap AND agreed_at IS NULL""",
    "a compared item is disputed or settled": """
        SELECT i.id FROM annotation_item i
        WHERE i.agreed_at IS NOT NULL AND i.settled_at IS NULL AND NOT EXISTS
          (SELECT 1 FROM annotation_dispute d WHERE d.item_id = i.id AND d.closed_at IS NULL)""",
    "a settled item has gold where anything was asked, a bad one has none": """
        SELECT i.id FROM annotation_item i
        WHERE i.settled_at IS NOT NULL AND (i.bad_at IS NULL) = NOT EXISTS
          (SELECT 1 FROM annotation_goldlabel g WHERE g.item_id = i.id AND g.superseded_at IS NULL)
        AND EXISTS (SELECT 1 FROM annotation_labelschema s WHERE s.project_id = i.project_id
          AND CAST(s.parsed -> 'questions' AS text) <> '[]')""",
    "a closed dispute has one decision, or was closed with another one's": """
        SELECT d.id FROM annotation_dispute d LEFT JOIN annotation_adjudication a ON a.dispute_id = d.id
        WHERE (d.closed_at IS NOT NULL) <> (a.id IS NOT NULL OR d.closed_with_id IS NOT NULL)""",
    "every release that was asked for is published": """
        SELECT id FROM annotation_release WHERE published_at IS NULL""",
    "the queue's columns are true": """
        SELECT i.id, i.overlap, i.open_slots, i.filled, COUNT(s.id) FROM annotation_item i
        LEFT JOIN annotation_assignment s ON s.item_id = i.id AND s.round = i.round AND s.outcome = ''
        WHERE i.routed_at IS NOT NULL
        GROUP BY i.id, i.overlap, i.open_slots, i.filled HAVING i.open_slots + i.filled + COUNT(s.id) <> i.overlap""",
    "an item of a routed batch is open or says why not": """
        SELECT i.id FROM annotation_item i JOIN annotation_batch b ON b.id = i.batch_id
        WHERE b.routed_at IS NOT NULL AND i.routed_at IS NULL AND i.blocked = '' AND i.copy >= 0""",
    "a question of an item has one gold label": """
        SELECT item_id, question FROM annotation_goldlabel WHERE superseded_at IS NULL
        GROUP BY item_id, question HAVING COUNT(*) > 1""",
    "an item was settled once": """
        SELECT object_uid FROM core_auditevent WHERE action = 'item.settled'
        GROUP BY object_uid HAVING COUNT(*) > 1""",
    "every annotation has one audit event": """
        SELECT a.id, COUNT(e.id) FROM annotation_annotation a
        LEFT JOIN core_auditevent e ON e.object_uid = a.uid AND e.action = 'annotation.submitted'
        GROUP BY a.id HAVING COUNT(e.id) <> 1""",
    "every decision has one audit event": """
        SELECT a.id, COUNT(e.id) FROM annotation_adjudication a
        LEFT JOIN core_auditevent e ON e.object_uid = a.uid AND e.action = 'dispute.decided'
        GROUP BY a.id HAVING COUNT(e.id) <> 1""",
    "every annotation has one judgement": """
        SELECT a.id, COUNT(j.id) FROM annotation_annotation a
        LEFT JOIN annotation_judgement j ON j.annotation_id = a.id
        JOIN annotation_annotationversion v ON v.id = a.current_id
        GROUP BY a.id, v.result HAVING COUNT(j.id) = 0 AND CAST(v.result AS TEXT) <> '[]'""",
    "a batch counts what it stored": """
        SELECT b.id, b.items_stored, COUNT(i.id) FROM annotation_batch b
        LEFT JOIN annotation_item i ON i.batch_id = b.id AND i.copy >= 0
        GROUP BY b.id, b.items_stored HAVING COUNT(i.id) <> b.items_stored""",
    "a release holds the items that it froze": """
        SELECT r.id, r.items, COUNT(m.id) FROM annotation_release r
        LEFT JOIN annotation_releasemember m ON m.release_id = r.id
        GROUP BY r.id, r.items HAVING COUNT(m.id) <> r.items""",
    "every answer that counts was folded once": """
        SELECT a.id, COUNT(c.id) FROM annotation_annotation a
        JOIN annotation_item i ON i.id = a.item_id AND i.round = a.round AND NOT i.control
        LEFT JOIN annotation_counted c ON c.version_id = a.current_id AND c.run_out IS NULL
        WHERE a.retracted_at IS NULL AND NOT a.surplus
        GROUP BY a.id HAVING COUNT(c.id) <> 1""",
    "a pattern counts its items": """
        SELECT p.id, p.items, COUNT(m.id) FROM annotation_patterncount p
        LEFT JOIN annotation_itempattern m ON m.cell_id = p.id
        GROUP BY p.id, p.items HAVING COUNT(m.id) <> p.items""",
}
UNFINISHED = """
    SELECT (SELECT COUNT(*) FROM core_job WHERE state IN ('waiting', 'running'))
         + (SELECT COUNT(*) FROM annotation_unfolded)"""


def settle(stack: Stack, seconds: float = 120.0) -> None:
    """Wait until no work is owed."""
    stack.until(lambda: stack.rows(UNFINISHED) == [(0,)], seconds)


def broken(stack: Stack) -> dict[str, list[tuple[object, ...]]]:
    """The sentences that do not hold, each with the first rows that break it."""
    found = {sentence: stack.rows(query)[:5] for sentence, query in INVARIANTS.items()}
    return {sentence: rows for sentence, rows in found.items() if rows}


def lost(stack: Stack, acknowledged: Iterable[str]) -> set[str]:
    """Of the annotations (public ids) that the server said it had saved, those it does not have."""
    return set(acknowledged) - {str(uid) for (uid,) in stack.rows("SELECT uid FROM annotation_annotation")}
