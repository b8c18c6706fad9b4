package qualify

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// files are some of a file system's, so that a trial need not read the whole
// suite again.
type files struct {
	fs.FS
	names map[string]bool
}

// someFiles are those that hold the scenarios of ids; root is the folder shown
// before their names.
func someFiles(all fs.FS, root string, ids []string) fs.FS {
	names := map[string]bool{}
	for _, id := range ids {
		name, _, _ := strings.Cut(id, ":")
		names[strings.TrimPrefix(name, root+"/")] = true
	}
	return files{all, names}
}

// ReadDir implements fs.ReadDirFS.
func (f files) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(f.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return !e.IsDir() && !f.names[path.Join(name, e.Name())] }), err
}
