package providerclient

import (
	"context"
	"errors"
	"time"

	"github.com/cenkalti/backoff/v5"

	"example.com/netanswer/mocks/issuer"
)

// persist tries, and tries again what may go better, until the tries or the time
// of a question are used up. The waits are the machine's time, and the only ones
// in the sandbox that a member feels.
func persist[A any](ctx context.Context, p RetryPolicy, again bool, try func() (A, error)) (A, error) {
	tries := 0
	a, err := backoff.Retry(ctx, func() (A, error) {
		tries++
		a, err := try()
		var f *failed
		switch {
		case err == nil:
			return a, nil
		case !again || !errors.As(err, &f) || !f.again:
			return a, backoff.Permanent(err)
		case f.after > 0:
			return a, errors.Join(err, &backoff.RetryAfterError{Duration: max(f.after, p.Wait)})
		}
		return a, err
	}, backoff.WithBackOff(waits(p.Wait)), backoff.WithMaxTries(uint(1+p.Retries)), backoff.WithMaxElapsedTime(p.Total))
	if err == nil {
		return a, nil
	}
	var none A
	var f *failed
	if !errors.As(err, &f) {
		if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) { // while it waited
			return none, &issuer.Failure{Way: issuer.Slow, Tries: tries, Err: err}
		}
		return none, err
	}
	f.Tries = tries
	return none, &f.Failure
}

// waits are the waits between tries: the first, then twice as long each time.
// Without chance, so that a test is the same each time.
func waits(first time.Duration) backoff.BackOff {
	if first == 0 {
		return &backoff.ZeroBackOff{}
	}
	b := backoff.NewExponentialBackOff()
	b.InitialInterval, b.Multiplier, b.RandomizationFactor, b.MaxInterval = first, 2, 0, time.Minute
	return b
}
