"""What every file for a spreadsheet has in common, whoever writes it."""

STARTS_A_FORMULA = ("=", "+", "-", "@")
STARTS_A_CELL_ANEW = ("\t", "\r")  # some programs drop these and read what follows as a formula
BYTE_ORDER_MARK = "\ufeff"  # without it, Excel takes the file for another encoding and spoils the £ sign


def safe(cell: str) -> str:
    """A cell that a spreadsheet shows and never runs: what would begin a formula is marked as text."""
    is_formula = cell.startswith(STARTS_A_CELL_ANEW) or cell.lstrip().startswith(STARTS_A_FORMULA)
    return f"'{cell}" if is_formula else cell


def plain(cell: str) -> str:
    """The same cell as it was before `safe` marked it."""
    return cell[1:] if cell.startswith("'") and safe(cell[1:]) == cell else cell
