package server

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/seed"
)

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
