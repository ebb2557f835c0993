package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/pkg/sftp"
)

// upload copies the source to its place on the host.
func upload(ctx context.Context, in CopyToRemoteInputs) error {
	if reason := unusable(in.Source); reason != "" {
		return errors.New(reason)
	}
	client, err := dial(ctx, in.Connection)
	if err != nil {
		return err
	}
	defer client.Close()
	// SFTP knows no context; without its connection it ends.
	defer context.AfterFunc(ctx, client.Close)()

	// Concurrent writes may leave holes in a file after an error, but then the copy has
	// failed anyway and is made again as a whole.
	files, err := sftp.NewClient(client.Client, sftp.UseConcurrentWrites(true))
	if err != nil {
		return fmt.Errorf("connection to %s: no SFTP (has its SSH server the subsystem sftp?): %w",
			in.Connection.address(), err)
	}
	defer files.Close()

	err = place(uploader{files}, in)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		err = context.Cause(ctx)
	case client.lost() != nil:
		err = client.lost()
	}
	return fmt.Errorf("copying to %s on %s: %w", in.RemotePath, in.Connection.address(), err)
}

func place(u uploader, in CopyToRemoteInputs) error {
	if parent := path.Dir(strings.TrimRight(in.RemotePath, "/")); parent != "." && parent != "/" {
		if err := u.makeDir(parent); err != nil {
			return err
		}
	}
	if asset := in.Source.Asset; asset != nil && !asset.IsPath() {
		content, err := asset.Read()
		if err != nil {
			return fmt.Errorf("source: %w", err)
		}
		defer content.Close()
		return u.content(content, in.RemotePath)
	}
	source := ""
	if in.Source.Asset != nil {
		source = in.Source.Asset.Path
	} else {
		source = in.Source.Archive.Path
	}
	info, err := os.Stat(source)
	if err != nil {
		return fmt.Errorf("source: %w", err)
	}
	if info.IsDir() {
		return u.dir(source, in.RemotePath)
	}
	return u.file(source, in.RemotePath)
}

type uploader struct{ *sftp.Client }

// content has no name of its own, so the target must have one.
func (u uploader) content(content io.Reader, target string) error {
	if isDir, err := u.isDir(target); err != nil {
		return err
	} else if isDir {
		return fmt.Errorf("%s is a directory there; remotePath must name the file if the source has no file name", target)
	}
	return u.write(content, target)
}

// file copies into a directory or to the exact path.
func (u uploader) file(source, target string) error {
	if isDir, err := u.isDir(target); err != nil {
		return err
	} else if isDir {
		target = path.Join(target, filepath.Base(source))
	}
	return u.copyFile(source, target)
}

// dir copies the directory into the target or, if the source ends with a slash, only
// what it has.
func (u uploader) dir(source, target string) error {
	if !strings.HasSuffix(source, "/") {
		target = path.Join(target, filepath.Base(source))
	}
	if err := u.makeDir(target); err != nil {
		return err
	}
	return fs.WalkDir(os.DirFS(source), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		// A symbolic link to a file is copied as that file; one to a directory might lead
		// back to where we are.
		info, err := os.Stat(filepath.Join(source, name))
		if err != nil {
			return err
		}
		switch {
		case entry.IsDir():
			return u.makeDir(path.Join(target, name))
		case info.Mode().IsRegular():
			return u.copyFile(filepath.Join(source, name), path.Join(target, name))
		default:
			return fmt.Errorf("source: %s is neither a file nor a directory (nor a link to a file)",
				filepath.Join(source, name))
		}
	})
}

func (u uploader) copyFile(source, target string) error {
	content, err := os.Open(source)
	if err != nil {
		return fmt.Errorf("source: %w", err)
	}
	defer content.Close()
	return u.write(content, target)
}

func (u uploader) write(content io.Reader, target string) error {
	file, err := u.Create(target)
	if err != nil {
		return fmt.Errorf("cannot create %s there: %w", target, err)
	}
	_, err = file.ReadFrom(content)
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("cannot write %s there: %w", target, err)
	}
	return nil
}

func (u uploader) makeDir(target string) error {
	if err := u.MkdirAll(target); err != nil {
		return fmt.Errorf("cannot make the directory %s there: %w", target, err)
	}
	return nil
}

func (u uploader) isDir(target string) (bool, error) {
	info, err := u.Stat(target)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("cannot look at %s there: %w", target, err)
	}
	return info.IsDir(), nil
}
