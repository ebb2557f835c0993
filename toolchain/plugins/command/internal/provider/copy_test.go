package provider

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"pulumi-spark-cluster/toolchain/plugins/command/internal/sshtest"
)

const copyToRemote = "remote:CopyToRemote"

func made[T property.GoValue](t *testing.T) func(value T, err error) property.Value {
	return func(value T, err error) property.Value {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return property.New(value)
	}
}

func fileAsset(t *testing.T, path string) property.Value {
	t.Helper()
	return made[*resource.Asset](t)(resource.NewPathAsset(path))
}

func stringAsset(t *testing.T, content string) property.Value {
	t.Helper()
	return made[*resource.Asset](t)(resource.NewTextAsset(content))
}

func fileArchive(t *testing.T, path string) property.Value {
	t.Helper()
	return made[*resource.Archive](t)(resource.NewPathArchive(path))
}

func writeFile(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCopyFile(t *testing.T) {
	s, there := sshtest.Start(t), filepath.Join(t.TempDir(), "with space")
	source := writeFile(t, filepath.Join(t.TempDir(), "my file.txt"), "content")
	in := func(target string) inputs {
		return inputs{"connection": connection(s), "source": fileAsset(t, source), "remotePath": text(target)}
	}
	exact := filepath.Join(there, "new", "parents", "name.txt")
	newRes(t, copyToRemote).create(in(exact))
	wantFile(t, exact, "content")

	dir := filepath.Dir(exact)
	newRes(t, copyToRemote).create(in(dir))
	wantFile(t, filepath.Join(dir, "my file.txt"), "content")

	longer := writeFile(t, filepath.Join(there, "longer"), "something longer than the source")
	newRes(t, copyToRemote).create(in(longer))
	wantFile(t, longer, "content")

	err := newRes(t, copyToRemote).tryCreate(in(filepath.Join(longer, "below-a-file")))
	wantError(t, err, longer, s.Address())
}

func TestCopyDirectory(t *testing.T) {
	s, there := sshtest.Start(t), t.TempDir()
	source := filepath.Join(t.TempDir(), "tree")
	writeFile(t, filepath.Join(source, "top"), "1")
	writeFile(t, filepath.Join(source, "a/b/deep"), "2")
	if err := os.Mkdir(filepath.Join(source, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("top", filepath.Join(source, "link")); err != nil {
		t.Fatal(err)
	}
	copyTo := func(source, target string) error {
		return newRes(t, copyToRemote).tryCreate(inputs{
			"connection": connection(s), "source": fileArchive(t, source), "remotePath": text(target),
		})
	}
	wantTree := func(root string) {
		t.Helper()
		wantFile(t, filepath.Join(root, "top"), "1")
		wantFile(t, filepath.Join(root, "link"), "1")
		wantFile(t, filepath.Join(root, "a/b/deep"), "2")
		if info, err := os.Stat(filepath.Join(root, "empty")); err != nil || !info.IsDir() {
			t.Errorf("no directory empty: %v", err)
		}
	}
	for target, root := range map[string]string{
		filepath.Join(there, "new"):  filepath.Join(there, "new", "tree"),
		filepath.Join(there, "old/"): filepath.Join(there, "old", "tree"),
	} {
		if filepath.Base(target) == "old" {
			writeFile(t, filepath.Join(root, "top"), "to be overwritten")
		}
		if err := copyTo(source, target); err != nil {
			t.Fatal(err)
		}
		wantTree(root)
	}
	if err := copyTo(source+"/", filepath.Join(there, "content")); err != nil {
		t.Fatal(err)
	}
	wantTree(filepath.Join(there, "content"))

	file := writeFile(t, filepath.Join(there, "file"), "stays")
	wantError(t, copyTo(source, file), file)
	wantFile(t, file, "stays")
}

func TestCopyArchiveFileIsNotUnpacked(t *testing.T) {
	s, target := sshtest.Start(t), filepath.Join(t.TempDir(), "copy.zip")
	source := filepath.Join(t.TempDir(), "empty.zip")
	zip := "PK\x05\x06" + string(make([]byte, 18))
	writeFile(t, source, zip)
	newRes(t, copyToRemote).create(inputs{
		"connection": connection(s), "source": fileArchive(t, source), "remotePath": text(target),
	})
	wantFile(t, target, zip)
}

func TestCopyStringAndRemoteAsset(t *testing.T) {
	s, dir := sshtest.Start(t), t.TempDir()
	in := func(source property.Value, target string) inputs {
		return inputs{"connection": connection(s), "source": source, "remotePath": text(target)}
	}
	target := filepath.Join(dir, "etc", "app.conf")
	newRes(t, copyToRemote).create(in(stringAsset(t, "a = 1\nb = \"ü\""), target))
	wantFile(t, target, "a = 1\nb = \"ü\"")

	err := newRes(t, copyToRemote).tryCreate(in(stringAsset(t, "x"), dir))
	wantError(t, err, dir, "remotePath", "directory")

	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("from the web")) }))
	defer web.Close()
	asset := made[*resource.Asset](t)(resource.NewURIAsset(web.URL + "/file"))
	newRes(t, copyToRemote).create(in(asset, target))
	wantFile(t, target, "from the web")
}

func TestCopyUpdateAndDelete(t *testing.T) {
	s, dir := sshtest.Start(t), t.TempDir()
	target := filepath.Join(dir, "file")
	in := func(content string, more ...inputs) inputs {
		return inputs{
			"connection": connection(s, more...), "source": stringAsset(t, content), "remotePath": text(target),
			"triggers": list("a"),
		}
	}
	r := newRes(t, copyToRemote).create(in("one"))
	if !r.state.Get("connection").Secret() {
		t.Error("the connection is in clear in the state")
	}
	if diff := r.diff(in("one")); diff.HasChanges {
		t.Errorf("change without a cause: %+v", diff)
	}
	r.update(in("two"))
	wantFile(t, target, "two")

	// Other credentials alone copy nothing: what was changed there stays.
	writeFile(t, target, "changed there")
	r.update(in("two", inputs{"perDialTimeout": number(5)}))
	wantFile(t, target, "changed there")

	with := in("two")
	with["triggers"] = list("b")
	if diff := r.diff(with); !replaces(diff) {
		t.Errorf("a trigger does not replace: %+v", diff)
	}
	r.delete()
	wantFile(t, target, "changed there")
}

func TestCopyRefusesWhatItCannotCopy(t *testing.T) {
	archive := made[*resource.Archive](t)(resource.NewAssetArchive(map[string]any{"x": stringAsset(t, "x").AsAsset()}))
	r := newRes(t, copyToRemote)
	resp, err := r.server.Check(p.CheckRequest{Urn: r.urn, Inputs: property.NewMap(inputs{
		"connection": object(inputs{"host": text("h")}), "source": archive, "remotePath": text("/x"),
	})})
	if err != nil {
		t.Fatal(err)
	}
	if len(resp.Failures) != 1 || resp.Failures[0].Property != "source" {
		t.Errorf("failures are %+v", resp.Failures)
	}
	unknown, err := r.server.Check(p.CheckRequest{Urn: r.urn, Inputs: property.NewMap(inputs{
		"connection": property.New(property.Computed), "source": property.New(property.Computed), "remotePath": text("/x"),
	})})
	if err != nil || len(unknown.Failures) > 0 {
		t.Errorf("a source that is not known yet: %+v, %v", unknown.Failures, err)
	}
}

func TestCopyNeedsSFTP(t *testing.T) {
	s := sshtest.StartPassword(t, false, "")
	err := newRes(t, copyToRemote).tryCreate(inputs{
		"connection": object(inputs{
			"host": text("127.0.0.1"), "port": number(s.Port), "password": text(s.Password), "dialErrorLimit": number(1),
		}),
		"source": stringAsset(t, "x"), "remotePath": text("/x"),
	})
	wantError(t, err, "SFTP", "127.0.0.1")
}
