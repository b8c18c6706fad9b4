package providerclient

import (
	"context"
	"errors"
	"sync"

	"github.com/sony/gobreaker/v2"

	"example.com/netanswer/mocks/issuer"
)

// circuits are the circuit breakers of the worlds: what fails in one world is
// no reason not to ask in another. The zero value needs retry only.
type circuits struct {
	retry   RetryPolicy
	mu      sync.Mutex
	byWorld map[string]*gobreaker.TwoStepCircuitBreaker[any]
}

// maxCircuits bounds the breakers that are kept; those of worlds where nothing
// fails are let go first.
const maxCircuits = 10_000

// enter lets a question through, and is told how it went; or returns a
// Failure, if the core system is left alone for now. After the rest one
// question is let through to see.
func (c *circuits) enter(world string) (done func(error), err error) {
	if c.retry.Failures == 0 {
		return func(error) {}, nil
	}
	done, err = c.of(world).Allow()
	if err != nil {
		return nil, &issuer.Failure{Way: issuer.Open}
	}
	return done, nil
}

func (c *circuits) of(world string) *gobreaker.TwoStepCircuitBreaker[any] {
	c.mu.Lock()
	defer c.mu.Unlock()
	if b, ok := c.byWorld[world]; ok {
		return b
	}
	if c.byWorld == nil {
		c.byWorld = map[string]*gobreaker.TwoStepCircuitBreaker[any]{}
	}
	if len(c.byWorld) >= maxCircuits {
		for name, b := range c.byWorld {
			if b.State() == gobreaker.StateClosed && b.Counts().ConsecutiveFailures == 0 {
				delete(c.byWorld, name)
			}
		}
	}
	if len(c.byWorld) >= maxCircuits { // nothing works anywhere; no world is worth more than another
		clear(c.byWorld)
	}
	b := gobreaker.NewTwoStepCircuitBreaker[any](gobreaker.Settings{
		Timeout:     c.retry.Rest,
		ReadyToTrip: func(n gobreaker.Counts) bool { return int(n.ConsecutiveFailures) >= c.retry.Failures },
		// That a card is unknown is an answer, and a question that the issuer finds
		// wrong is no sign of its health.
		IsSuccessful: func(err error) bool { return !unhealthy(err) },
		IsExcluded:   func(err error) bool { return errors.Is(err, context.Canceled) }, // nobody waited for the answer
	})
	c.byWorld[world] = b
	return b
}

// unhealthy tells whether an error says that the core system is not well.
func unhealthy(err error) bool {
	f := issuer.HowFailed(err)
	return f != nil && (f.Way != issuer.Refused || f.Status >= 500 || f.Status == 429)
}
