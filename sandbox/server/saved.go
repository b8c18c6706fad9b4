package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// documentEnd ends the name of a file that holds a world.
const documentEnd = ".netanswer.json"

// saveTime bounds how long worlds may take to be written at the end.
const saveTime = 30 * time.Second

// A savedFolder is where worlds are read from at the start and written to at the
// end. One sandbox has it for itself: another one would write over what is there.
type savedFolder struct {
	dir   string
	lock  *flock.Flock
	read  []string // files that were read at the start
	began bool
}

// openSaved makes the folder where there is none, and takes it.
func openSaved(dir string) (*savedFolder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	f := &savedFolder{dir: dir, lock: flock.New(filepath.Join(dir, ".lock"), flock.SetPermissions(0o600))}
	switch free, err := f.lock.TryLock(); {
	case err != nil:
		return nil, err
	case !free:
		return nil, fmt.Errorf("another sandbox saves its worlds in %s; name another folder", dir)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"+documentEnd))
	f.read = files
	if err != nil {
		return nil, errors.Join(err, f.lock.Close())
	}
	return f, nil
}

// readSaved reads the worlds of a folder, "" for none.
func (s *Sandbox) readSaved(ctx context.Context, dir string, log *slog.Logger) (err error) {
	if dir == "" {
		return nil
	}
	if s.saved, err = openSaved(dir); err != nil {
		return fmt.Errorf("save: %w", err)
	}
	for _, file := range s.saved.read {
		data, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("save: %w", err)
		}
		st, err := store.Documents{}.Read(data)
		if err == nil {
			err = s.Service.Control().Adopt(ctx, strings.TrimSuffix(filepath.Base(file), documentEnd), st, false)
		}
		if err != nil && !errors.Is(err, world.ErrWorldExists) { // a store has it already
			return fmt.Errorf("save: %s: %w", file, err)
		}
	}
	log.Info("read worlds", "folder", dir, "worlds", len(s.saved.read))
	return nil
}

// mayBeWritten tells that the sandbox began with all that was saved.
func (f *savedFolder) mayBeWritten() {
	if f != nil {
		f.began = true
	}
}

// close writes the worlds, if the sandbox began, and gives the folder back. It has
// a time of its own: clients that stay to the last take none of it.
func (f *savedFolder) close(service *world.Service) error {
	if f == nil {
		return nil
	}
	var err error
	if f.began {
		ctx, cancel := context.WithTimeout(context.Background(), saveTime)
		defer cancel()
		err = f.write(ctx, service)
	}
	return errors.Join(err, f.lock.Close())
}

// write writes the worlds into the files they are read from at the next start, each
// whole or as it was. Of the files that were read, those of worlds that have been
// deleted go; what came into the folder meanwhile stays.
func (f *savedFolder) write(ctx context.Context, service *world.Service) error {
	worlds, err := service.Worlds(ctx)
	if err != nil {
		return fmt.Errorf("save: %w", err)
	}
	kept := map[string]bool{}
	var failed error
	for _, m := range worlds {
		file := filepath.Join(f.dir, m.Name+documentEnd)
		kept[file] = true
		data, err := service.Control().Export(ctx, m.Name)
		if err == nil {
			err = replace(file, data)
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("save: %s: %w", m.Name, err))
		}
	}
	for _, file := range f.read {
		if kept[file] {
			continue
		}
		if gone := os.Remove(file); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
			failed = errors.Join(failed, fmt.Errorf("save: %w", gone))
		}
	}
	return failed
}

// replace writes a file beside another one and puts it in its place.
func replace(file string, data []byte) error {
	beside := file + ".new"
	if err := os.WriteFile(beside, data, 0o600); err != nil {
		return err
	}
	return os.Rename(beside, file)
}
