package server

import (
	"context"
	"time"
)

// sweepEvery is how often a sandbox looks for what others, that have ended, were to
// tell. It looks when it starts, too.
const sweepEvery = 2 * time.Second

// startSweeping looks, until the sandbox stops.
func (s *Sandbox) startSweeping() {
	ctx, end := context.WithCancel(context.Background())
	s.sweeping.Go(func() {
		beat := time.NewTicker(sweepEvery)
		defer beat.Stop()
		said := ""
		for {
			said = s.sweep(ctx, said)
			select {
			case <-ctx.Done():
				return
			case <-beat.C:
			}
		}
	})
	s.endSweeping = end
}

// sweep looks once. What cannot be told, because a world cannot be read or the store is
// away, is said once.
func (s *Sandbox) sweep(ctx context.Context, said string) string {
	names, err := s.Service.Sweep(ctx)
	s.gateway.TellIn(names)
	if err == nil || ctx.Err() != nil {
		return ""
	}
	if err.Error() != said {
		s.log.Warn("what is left to be told waits", "error", err)
	}
	return err.Error()
}

// stopSweeping returns when nothing is being told any more.
func (s *Sandbox) stopSweeping() {
	if s.endSweeping != nil {
		s.endSweeping()
		s.sweeping.Wait()
	}
}

// lease is how long a sandbox that tells something to providers over the wire has it
// for itself: all that follows a completed registration is told within it.
func (c Config) lease() time.Duration {
	const addresses = 2
	return c.IssuerRetry.Total + addresses*c.ProviderTimeout + time.Second
}
