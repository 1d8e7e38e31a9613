/** Moving over the cells of a table, counted row by row. */

export interface Grid {
  readonly rows: number;
  readonly columns: number;
}

/** Rows that Page Up and Page Down pass. */
const PAGE = 10;

/** Where a key goes from a cell, or null when it is no key of a grid. @param far with Ctrl: to the table's edge. */
export function moveCell({ rows, columns }: Grid, cell: number, key: string, far: boolean): number | null {
  const row = Math.floor(cell / columns);
  const column = cell % columns;
  const at = (to: number, across: number): number =>
    Math.max(0, Math.min(rows - 1, to)) * columns + Math.max(0, Math.min(columns - 1, across));
  switch (key) {
    case "ArrowLeft":
      return at(row, far ? 0 : column - 1);
    case "ArrowRight":
      return at(row, far ? columns - 1 : column + 1);
    case "ArrowUp":
      return at(far ? 0 : row - 1, column);
    case "ArrowDown":
      return at(far ? rows - 1 : row + 1, column);
    case "Home":
      return at(far ? 0 : row, 0);
    case "End":
      return at(far ? rows - 1 : row, columns - 1);
    case "PageUp":
      return at(row - PAGE, column);
    case "PageDown":
      return at(row + PAGE, column);
    default:
      return null;
  }
}
