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

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/seed"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// documentEnd ends the name of a file that holds a world.
const documentEnd = ".netanswer.json"

// furnish makes the worlds that a sandbox begins with: those that were saved, then
// those of a seed. An error names the file.
func (s *Sandbox) furnish(c Config, log *slog.Logger) error {
	ctx, cancel := context.WithTimeout(context.Background(), startTime)
	defer cancel()
	if err := s.readSaved(ctx, c.Save, log); err != nil {
		return err
	}
	if c.Seed == "" {
		return nil
	}
	data, err := os.ReadFile(c.Seed)
	if err != nil {
		return fmt.Errorf("seed: %w", err)
	}
	parsed, err := seed.Parse(data)
	var made []string
	if err == nil {
		made, err = parsed.Plant(ctx, s.Service, clock.Machine, seed.Planting{Keep: true})
	}
	if err != nil {
		return fmt.Errorf("seed: %s: %w", c.Seed, err)
	}
	log.Info("made worlds", "seed", c.Seed, "worlds", strings.Join(made, " "))
	return nil
}

// readSaved reads the worlds of a folder, which is made where there is none.
func (s *Sandbox) readSaved(ctx context.Context, dir string, log *slog.Logger) error {
	if dir == "" {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("save: %w", err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"+documentEnd))
	if err != nil {
		return fmt.Errorf("save: %w", err)
	}
	for _, file := range files {
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
	log.Info("read worlds", "folder", dir, "worlds", len(files))
	return nil
}

// saveWorlds writes the worlds into the folder they are read from at the next
// start, each file whole or as it was. What has been deleted is no more in it.
func (s *Sandbox) saveWorlds(ctx context.Context) error {
	if s.save == "" {
		return nil
	}
	worlds, err := s.Service.Worlds(ctx)
	if err != nil {
		return fmt.Errorf("save: %w", err)
	}
	kept := map[string]bool{}
	var failed error
	for _, m := range worlds {
		file := filepath.Join(s.save, m.Name+documentEnd)
		kept[file] = true
		data, err := s.Service.Control().Export(ctx, m.Name)
		if err == nil {
			err = replace(file, data)
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("save: %s: %w", m.Name, err))
		}
	}
	files, err := filepath.Glob(filepath.Join(s.save, "*"+documentEnd))
	for _, file := range files {
		if !kept[file] {
			if gone := os.Remove(file); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
				err = errors.Join(err, gone)
			}
		}
	}
	return errors.Join(failed, err)
}

// replace writes a file beside another one and puts it in its place.
func replace(file string, data []byte) error {
	beside := file + ".new"
	if err := os.WriteFile(beside, data, 0o600); err != nil {
		return err
	}
	return os.Rename(beside, file)
}
