"""The part of ops/workspace that runs on the edge node, with Python's standard library alone:
    size FOLDER                        prints how many bytes and files a backup would hold
    save FOLDER plain|gzip             writes an archive to standard output; the last line on standard error is its SHA-256 and length
    restore FOLDER keep|overwrite      reads an archive from standard input

An archive is a tar file. Its first member lists the contents, its last member has the SHA-256 of every file, so that a truncated archive is recognized.
A restore writes into a staging folder in the workspace, compares all checksums, and only then moves files into place; after an error it moves them back.
"""

import errno
import fcntl
import gzip
import hashlib
import io
import json
import os
import shutil
import stat
import sys
import tarfile
import time

OWN = ".sparkcluster"
# List of the example notebooks that were already copied into the workspace; an edge node does not copy them again.
COPIED = OWN + "/notebooks"
FIRST, LAST = "sparkcluster-backup/contents.json", "sparkcluster-backup/sha256.json"
EXAMPLES = "/opt/sparkcluster/notebooks"
STAGING = OWN + "/restore"
CHUNK = 1 << 20
FORMAT = 1
NAMED = 20


class Failure(Exception):
    """A message for users: what is wrong and what to do."""


def human(size):
    for unit in ("bytes", "KB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000


def some(names):
    names = sorted(names)
    more = f"\n  and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return "".join(f"\n  {name}" for name in names[:NAMED]) + more


class Progress:
    def __init__(self, total):
        self.total, self.done, self.said = total, 0, time.monotonic()

    def add(self, size):
        self.done += size
        if time.monotonic() - self.said > 2:
            self.said = time.monotonic()
            print(f"  {100 * self.done // max(1, self.total)} % of {human(self.total)}", file=sys.stderr, flush=True)


def contents(folder):
    """(path, kind, status) of what a backup holds: files, folders and links, without the cluster's own notes and without sockets and the like."""
    unreadable, skipped, found = [], [], []

    def look(relative):
        try:
            entries = sorted(os.scandir(os.path.join(folder, relative)), key=lambda entry: entry.name)
        except PermissionError:
            unreadable.append(relative)
            return
        for entry in entries:
            path = os.path.join(relative, entry.name) if relative else entry.name
            if path == OWN:
                copied = os.path.join(folder, COPIED)
                if os.path.isfile(copied):
                    found.append((COPIED, "file", os.stat(copied)))
                continue
            # The root folder of a file system has it, and it belongs to root.
            if path == "lost+found":
                continue
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISLNK(status.st_mode):
                found.append((path, "link", status))
            elif stat.S_ISDIR(status.st_mode):
                found.append((path, "folder", status))
                look(path)
            elif stat.S_ISREG(status.st_mode):
                if not os.access(os.path.join(folder, path), os.R_OK):
                    unreadable.append(path)
                found.append((path, "file", status))
            else:
                skipped.append(path)

    look("")
    if unreadable:
        raise Failure(f"user {os.getuid()} of the node cannot read:{some(unreadable)}\nMake them readable for this user (chmod u+rX), or delete what is not needed.")
    if skipped:
        print(f"left out, since these are no files:{some(skipped)}", file=sys.stderr)
    return found


def total(found):
    return sum(status.st_size for _, kind, status in found if kind == "file")


class Counted(io.RawIOBase):
    """Standard output; keeps the SHA-256 and the length of what was written."""

    def __init__(self, out):
        self.out, self.digest, self.length = out, hashlib.sha256(), 0

    def writable(self):
        return True

    def write(self, data):
        self.out.write(data)
        self.digest.update(data)
        self.length += len(data)
        return len(data)


class Hashed:
    """A file that is read into an archive; keeps its SHA-256."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size):
        data = self.file.read(size)
        self.digest.update(data)
        return data


def note(archive, name, value):
    data = json.dumps(value).encode()
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = len(data), 0o600, int(time.time())
    archive.addfile(member, io.BytesIO(data))


def save(folder, compression):
    found = contents(folder)
    out = Counted(sys.stdout.buffer)
    packed = gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1) if compression == "gzip" else out
    sums, changed = {}, []
    with tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT, encoding="utf-8", errors="surrogateescape") as archive:
        note(archive, FIRST, {"format": FORMAT, "bytes": total(found), "entries": [[path, kind, status.st_size if kind == "file" else 0] for path, kind, status in found]})
        for path, kind, status in found:
            whole = os.path.join(folder, path)
            member = tarfile.TarInfo(path)
            member.mode, member.mtime = stat.S_IMODE(status.st_mode), status.st_mtime
            if kind == "folder":
                member.type = tarfile.DIRTYPE
                archive.addfile(member)
            elif kind == "link":
                member.type, member.linkname = tarfile.SYMTYPE, os.readlink(whole)
                archive.addfile(member)
            else:
                try:
                    with open(whole, "rb") as file:
                        member.size = status.st_size
                        hashed = Hashed(file)
                        archive.addfile(member, hashed)
                        after = os.fstat(file.fileno())
                except OSError as error:
                    raise Failure(f"{path} was removed or became shorter while it was read ({error}): save it once more when no notebook or job writes")
                sums[path] = hashed.digest.hexdigest()
                if (after.st_mtime_ns, after.st_size) != (status.st_mtime_ns, status.st_size):
                    changed.append(path)
        if changed:
            raise Failure(f"these files were written to while they were read:{some(changed)}\nSave once more when no notebook or job writes to them.")
        note(archive, LAST, sums)
    if packed is not out:
        packed.close()
    sys.stdout.buffer.flush()
    print(f"sum {out.digest.hexdigest()} {out.length}", file=sys.stderr)


def parts(path):
    """The folders above a path, outermost first."""
    names = path.split("/")
    return ["/".join(names[:depth]) for depth in range(1, len(names))]


def proper(path):
    return path and not path.startswith("/") and all(part not in ("", ".", "..") for part in path.split("/")) and (path == COPIED or path.split("/")[0] != OWN)


def kind_of(path):
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return ""
    except NotADirectoryError:
        return "file"
    return "link" if stat.S_ISLNK(mode) else "folder" if stat.S_ISDIR(mode) else "file"


def sum_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while data := file.read(CHUNK):
            digest.update(data)
    return digest.hexdigest()


def unpack(archive, staging, check):
    """Writes everything below the staging folder. Returns the kinds by path if all checksums are right."""
    first, last, kinds, sums, modes = None, None, {}, {}, []
    for member in archive:
        path = member.name
        if first is None:
            if path != FIRST:
                raise Failure("this is no backup of a workspace: its first member is not " + FIRST)
            first = json.load(archive.extractfile(member))
            if first.get("format") != FORMAT:
                raise Failure(f"the backup's format is {first.get('format')}; this version reads {FORMAT}: restore it with the version that made it, or a newer one")
            check(first)
            progress = Progress(first["bytes"])
            continue
        if path == LAST:
            last = json.load(archive.extractfile(member))
            continue
        if not proper(path):
            raise Failure(f"the backup holds {path!r}, which is no path of a workspace: it was not made by make backup")
        for parent in parts(path):
            if kinds.setdefault(parent, "folder") != "folder":
                raise Failure(f"the backup holds {path!r} below something that is no folder: it was not made by make backup")
            os.makedirs(os.path.join(staging, parent), exist_ok=True)
        target = os.path.join(staging, path)
        if member.isdir():
            os.makedirs(target, exist_ok=True)
            kinds[path] = "folder"
            modes.append((target, member))
        elif member.issym():
            os.symlink(member.linkname, target)
            os.utime(target, (member.mtime, member.mtime), follow_symlinks=False)
            kinds[path] = "link"
        elif member.isreg():
            digest, source = hashlib.sha256(), archive.extractfile(member)
            with open(target, "xb") as file:
                while data := source.read(CHUNK):
                    file.write(data)
                    digest.update(data)
                    progress.add(len(data))
                file.flush()
                os.fsync(file.fileno())
            sums[path], kinds[path] = digest.hexdigest(), "file"
            modes.append((target, member))
        else:
            raise Failure(f"the backup holds {path!r}, which is neither a file nor a folder nor a link: it was not made by make backup")
    if first is None or last is None:
        raise Failure("the backup is not complete: it was cut off while it was written or copied")
    wrong = [path for path in set(last) | set(sums) if last.get(path) != sums.get(path)]
    wrong += [path for path, kind, _ in first["entries"] if kinds.get(path) != kind]
    if wrong:
        raise Failure(f"the backup is damaged; its sums are wrong for:{some(set(wrong))}")
    # Innermost first: nothing can be written into a folder once it is read-only.
    for target, member in reversed(modes):
        os.chmod(target, member.mode & 0o777)
        os.utime(target, (member.mtime, member.mtime))
    return kinds


def example(path):
    return os.path.join(EXAMPLES, path)


def same(first, second):
    return os.path.getsize(first) == os.path.getsize(second) and sum_of(first) == sum_of(second)


def compare(folder, staging, kinds):
    """(paths to move into place, those that replace a file of the user, paths that exist as another kind, number of files that exist already)."""
    moved, replaced, clash, same_files = [], [], [], 0
    for path, kind in sorted(kinds.items()):
        there, here = os.path.join(folder, path), os.path.join(staging, path)
        if path == COPIED:
            continue
        if any(kind_of(os.path.join(folder, parent)) in ("link", "file") for parent in parts(path)):
            clash.append(path)
        elif kind_of(there) == "":
            if kind != "folder":
                moved.append(path)
        elif "folder" in (kind, kind_of(there)):
            if kind != kind_of(there):
                clash.append(path)
        elif kind == kind_of(there) == "link" and os.readlink(here) == os.readlink(there):
            same_files += 1
        elif kind == kind_of(there) == "file" and same(here, there):
            same_files += 1
        else:
            moved.append(path)
            # An example notebook that nobody changed may be replaced: the image has it.
            if not (kind_of(there) == "file" and os.path.isfile(example(path)) and same(example(path), there)):
                replaced.append(path)
    return moved, replaced, clash, same_files


def refuse(replaced):
    raise Failure(f"the workspace has other files by the same names, which a restore would replace:{some(replaced)}\nMove them away, or let them be replaced with OVERWRITE=yes.")


def early(folder, overwrite):
    """Checks what can be refused before the whole archive is sent."""

    def check(first):
        free = os.statvfs(folder)
        free = free.f_bavail * free.f_frsize
        if first["bytes"] > free:
            raise Failure(f"the backup holds {human(first['bytes'])}, and the workspace has {human(free)} left: delete what is not needed there, or make it larger")
        print(f"  {len(first['entries'])} files and folders, {human(first['bytes'])}", file=sys.stderr)
        if overwrite:
            return
        known = []
        for path, kind, size in first["entries"]:
            there = os.path.join(folder, path)
            if kind == "file" and path != COPIED and kind_of(there) == "file" and os.path.getsize(there) != size:
                if not (os.path.isfile(example(path)) and same(example(path), there)):
                    known.append(path)
        if known:
            refuse(known)

    return check


def move(folder, staging, kinds, paths):
    """Moves files into place. After an error, restores the previous state."""
    away, done, made = os.path.join(os.path.dirname(staging), "replaced"), [], []
    try:
        for path in sorted(path for path, kind in kinds.items() if kind == "folder"):
            whole = os.path.join(folder, path)
            if kind_of(whole) == "":
                os.mkdir(whole)
                made.append(whole)
        for path in paths:
            whole, old = os.path.join(folder, path), os.path.join(away, path)
            existed = kind_of(whole) != ""
            if existed:
                os.makedirs(os.path.dirname(old), exist_ok=True)
                try:
                    # A hard link as backup, so that the path always has a file.
                    os.link(whole, old, follow_symlinks=False)
                except OSError:
                    os.rename(whole, old)
            done.append((whole, old if existed else ""))
            os.rename(os.path.join(staging, path), whole)
        for whole in made:
            status = os.stat(os.path.join(staging, os.path.relpath(whole, folder)))
            os.chmod(whole, stat.S_IMODE(status.st_mode) | stat.S_IRWXU)
    except BaseException:
        for whole, old in reversed(done):
            if old:
                os.rename(old, whole)
            elif kind_of(whole):
                os.unlink(whole)
        for whole in reversed(made):
            os.rmdir(whole)
        raise


def merge_copied(folder, staging):
    """Adds the examples that the saved workspace had been given to the list, so that examples which the user deleted do not come back."""
    saved, there = os.path.join(staging, COPIED), os.path.join(folder, COPIED)
    if not os.path.isfile(saved):
        return
    lines = []
    for file in (there, saved):
        if os.path.isfile(file):
            with open(file, encoding="utf-8", errors="surrogateescape") as names:
                lines += [line for line in names.read().splitlines() if line not in lines]
    with open(saved, "w", encoding="utf-8", errors="surrogateescape") as names:
        names.writelines(line + "\n" for line in lines)
    os.replace(saved, there)


def clean(folder):
    """Puts back what a killed restore had moved away, and removes what it left. The caller holds the lock, so no other restore runs."""
    away = os.path.join(folder, STAGING, "replaced")
    for place, _, names in os.walk(away):
        for name in names:
            old = os.path.join(place, name)
            whole = os.path.join(folder, os.path.relpath(old, away))
            if kind_of(whole) == "":
                os.makedirs(os.path.dirname(whole), exist_ok=True)
                os.rename(old, whole)
    for place, folders, _ in os.walk(os.path.join(folder, STAGING)):
        for name in folders:
            if not os.path.islink(os.path.join(place, name)):
                os.chmod(os.path.join(place, name), 0o700)
    shutil.rmtree(os.path.join(folder, STAGING), ignore_errors=True)


def restore(folder, overwrite):
    os.makedirs(os.path.join(folder, OWN), exist_ok=True)
    with open(os.path.join(folder, OWN, "restore.lock"), "w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES):
                raise Failure("another restore into this workspace is at work: wait for it to end")
            raise
        clean(folder)
        staging = os.path.join(folder, STAGING, "new")
        try:
            os.makedirs(staging)
            with tarfile.open(fileobj=sys.stdin.buffer, mode="r|*", encoding="utf-8", errors="surrogateescape") as archive:
                kinds = unpack(archive, staging, early(folder, overwrite))
            moved, replaced, clash, same_files = compare(folder, staging, kinds)
            if clash:
                raise Failure(f"these are folders here and files in the backup, or the other way round, or lie below a link or a file here:{some(clash)}\nMove what is here away.")
            if replaced and not overwrite:
                refuse(replaced)
            move(folder, staging, kinds, moved)
            merge_copied(folder, staging)
        finally:
            clean(folder)
            os.unlink(lock.name)
    print(f"  {len(moved) - len(replaced)} files are new, {len(replaced)} were replaced, {same_files} were there already; all sums are right", file=sys.stderr)


def main(action, folder, option=""):
    try:
        if action == "size":
            found = contents(folder)
            print(total(found), sum(kind == "file" for _, kind, _ in found))
        elif action == "save":
            save(folder, option)
        else:
            restore(folder, option == "overwrite")
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    except (tarfile.TarError, EOFError) as error:
        print(f"the backup cannot be read ({error}): it is damaged, was cut off, or is no backup", file=sys.stderr)
        return 1
    except BrokenPipeError:
        print("the connection broke off while the workspace was read", file=sys.stderr)
        # The rest of the buffer cannot be written; Python would report that at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"{error.filename or folder}: {error.strerror or error}", file=sys.stderr)
        return 1
    return 0


sys.exit(main(*sys.argv[2:]))
