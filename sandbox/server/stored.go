package server

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// Stored is what keeps worlds, looked at without a sandbox. Close it.
type Stored struct{ *store.Kept }

// storedLimit is how long a database may take for one thing: there may be much in
// it.
const storedLimit = 5 * time.Minute

// OpenStored opens the file or database of an address. There must be one.
func OpenStored(ctx context.Context, address string) (*Stored, error) {
	if address == "" || address == store.InMemory {
		return nil, errors.New("store: want sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE (-store)")
	}
	if file, ok := strings.CutPrefix(address, "sqlite:"); ok {
		if _, err := os.Stat(file); err != nil {
			return nil, fmt.Errorf("store: there is no such file: %s", file)
		}
	}
	base, err := world.Template()
	if err != nil {
		return nil, err
	}
	o := store.Options{Machine: clock.Machine, Bounds: world.DefaultBounds(), Base: base, Limit: storedLimit}
	k, err := store.Open(ctx, address, o)
	if err != nil {
		return nil, err
	}
	return &Stored{k}, nil
}
