package local

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gobwas/glob"
	"github.com/pulumi/pulumi-go-provider/infer/types"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// collectFiles sets the assets and the archive that the inputs ask for.
func collectFiles(dir string, in BaseInputs, out *BaseOutputs) error {
	if in.AssetPaths != nil {
		assets, err := findFiles(dir, "assetPaths", *in.AssetPaths)
		if err != nil {
			return err
		}
		wrapped := make(map[string]*types.AssetOrArchive, len(assets))
		for path, asset := range assets {
			wrapped[path] = &types.AssetOrArchive{Asset: asset}
		}
		out.Assets = &wrapped
	}
	if in.ArchivePaths != nil {
		assets, err := findFiles(dir, "archivePaths", *in.ArchivePaths)
		if err != nil {
			return err
		}
		content := make(map[string]any, len(assets))
		for path, asset := range assets {
			content[path] = asset
		}
		if out.Archive, err = resource.NewAssetArchive(content); err != nil {
			return fmt.Errorf("archivePaths: %w", err)
		}
	}
	return nil
}

type rule struct {
	pattern glob.Glob
	exclude bool
}

func findFiles(dir, field string, patterns []string) (map[string]*resource.Asset, error) {
	rules := make([]rule, 0, len(patterns))
	for _, pattern := range patterns {
		text, exclude := strings.CutPrefix(pattern, "!")
		compiled, err := glob.Compile(text, '/')
		if err != nil {
			return nil, fmt.Errorf("%s: %q is not a glob: %w", field, pattern, err)
		}
		rules = append(rules, rule{compiled, exclude})
	}

	assets := map[string]*resource.Asset{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !included(path, rules) {
			return err
		}
		assets[path], err = resource.NewPathAsset(filepath.Join(dir, filepath.FromSlash(path)))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", field, err)
	}
	return assets, nil
}

// included applies the rules in order; the last one that matches decides.
func included(path string, rules []rule) bool {
	found := false
	for _, r := range rules {
		if r.pattern.Match(path) {
			found = !r.exclude
		}
	}
	return found
}
