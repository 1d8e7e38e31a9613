import { VersionsElement } from "../authoring/versions";

/** Earlier versions of what was written: they come when they are looked at. */
export const ELEMENTS = { "assay-versions": VersionsElement };
