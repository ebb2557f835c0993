"""Checks notebooks and data with the standard library alone. Prints every problem found; exits 1 if there is one.

    check.py [folder]    folder with *.ipynb and data/ (default: the one above this file's)
"""

import ast
import csv
import hashlib
import json
import re
import sys
from pathlib import Path

HEADER = "CRIM ZN INDUS CHAS NOX RM AGE DIS RAD TAX PTRATIO B LSTAT MEDV".split()
ROWS = 506

# What a cluster derives must not be typed: schemes with a host, dotted addresses, a machine's own names.
ADDRESSES = {
    "a URL with a host": re.compile(r"\b(?:spark|https?|k8s|sc|hdfs)://[\w\[]"),
    "an IP address": re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"),
    "the name localhost": re.compile(r"\blocalhost\b"),
    "an absolute path": re.compile(r"""(?:["']|file:)/+(?:workspace|home|opt|tmp|root|work|mnt)\b"""),
}
# Properties and calls that belong to the cluster's configuration.
SETTINGS = {
    "a .master( call": re.compile(r"\.\s*master\s*\("),
    "a .remote( call": re.compile(r"\.\s*remote\s*\("),
    "a .config( call": re.compile(r"\.\s*config\s*\("),
    "a SparkConf": re.compile(r"\bSparkConf\b"),
}


def form_problems(notebook):
    """What nbformat 4.5 demands, as far as these notebooks use it."""
    if (notebook.get("nbformat"), notebook.get("nbformat_minor")) != (4, 5):
        yield f"nbformat is {notebook.get('nbformat')}.{notebook.get('nbformat_minor')}; it has to be 4.5"
    if set(notebook) != {"cells", "metadata", "nbformat", "nbformat_minor"}:
        yield f"top-level keys are {sorted(notebook)}"
    kernel = notebook.get("metadata", {}).get("kernelspec", {})
    if kernel.get("name") != "python3" or not kernel.get("display_name"):
        yield f"kernelspec is {kernel}; its name has to be python3, with a display_name"
    seen = set()
    for number, cell in enumerate(notebook.get("cells", []), 1):
        where = f"cell {number} ({cell.get('id')})"
        if not re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", str(cell.get("id", ""))):
            yield f"{where}: the id has to be 1 to 64 letters, digits, - or _"
        if cell.get("id") in seen:
            yield f"{where}: the id is used twice"
        seen.add(cell.get("id"))
        keys = {"markdown": {"cell_type", "id", "metadata", "source"}}
        keys["code"] = keys["markdown"] | {"execution_count", "outputs"}
        if cell.get("cell_type") not in keys:
            yield f"{where}: type {cell.get('cell_type')!r}; allowed: markdown, code"
        elif set(cell) != keys[cell["cell_type"]]:
            yield f"{where}: keys are {sorted(cell)}"
        source = cell.get("source")
        if not isinstance(source, list) or not source or not all(isinstance(line, str) for line in source):
            yield f"{where}: source has to be a list of lines, not empty"
        elif any(not line.endswith("\n") for line in source[:-1]) or source[-1].endswith("\n"):
            yield f"{where}: every line but the last has to end with a newline"
        if cell.get("cell_type") == "code" and (cell.get("outputs") != [] or cell.get("execution_count") is not None):
            yield f"{where}: has outputs or a count; clear them (jupyter nbconvert --clear-output --inplace)"


def content_problems(notebook):
    cells = [(cell["id"], cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]]
    for cell_id, kind, text in cells:
        wanted = ADDRESSES if kind == "markdown" else ADDRESSES | SETTINGS
        for name, pattern in wanted.items():
            if match := pattern.search(text):
                yield f"cell {cell_id}: holds {name}: {match.group()!r}"
    trees = []
    for cell_id, kind, text in cells:
        if kind == "code":
            try:
                trees.append(ast.parse(text))
            except SyntaxError as error:
                yield f"cell {cell_id}: is not Python: {error}"
                return
    code = [text for _, kind, text in cells if kind == "code"]
    if len(code) < 3:
        yield f"has {len(code)} code cells; at least a session, a check and spark.stop() are needed"
        return
    if not re.search(r'SparkSession\.builder\.appName\("[\w-]+"\)\.getOrCreate\(\)', code[0]):
        yield "the first code cell does not make the session by SparkSession.builder.appName(...).getOrCreate()"
    if not any(isinstance(step, ast.Assert) for step in trees[-2].body):
        yield "the last code cell before spark.stop() asserts nothing"
    if code[-1] != "spark.stop()":
        yield "the last code cell is not spark.stop()"


def notebook_problems(path):
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        return [f"is not JSON: {error}"]
    problems = list(form_problems(notebook))
    return problems or list(content_problems(notebook))


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def data_problems(folder):
    path = folder / "boston_housing.csv"
    sums = dict(reversed(line.split()) for line in (folder / "SHA256SUMS").read_text().splitlines())
    actual = hashlib.sha256(path.read_bytes()).hexdigest()
    if sums.get(path.name) != actual:
        yield f"{path.name}: sha256 is {actual}, SHA256SUMS has {sums.get(path.name)}; run data/fetch"
    if actual not in (folder / "README.md").read_text(encoding="utf-8"):
        yield f"README.md: does not name {path.name}'s sha256 {actual}"
    with path.open(encoding="ascii", newline="") as lines:
        header, *rows = csv.reader(lines)
    if header != HEADER:
        yield f"{path.name}: header is {header}"
    if len(rows) != ROWS:
        yield f"{path.name}: {len(rows)} rows; {ROWS} expected"
    for number, row in enumerate(rows, 2):
        if len(row) != len(HEADER) or not all(map(is_number, row)):
            yield f"{path.name}: line {number} is not {len(HEADER)} numbers"


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    notebooks = sorted(folder.glob("*.ipynb"))
    problems = [] if notebooks else [f"no notebook in {folder}"]
    for path in notebooks:
        problems += [f"{path.name}: {problem}" for problem in notebook_problems(path)]
    problems += data_problems(folder / "data")
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        sys.exit(1)
    print(f"{len(notebooks)} notebooks and their data are in order")


if __name__ == "__main__":
    main()
