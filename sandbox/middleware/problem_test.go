package middleware_test

import (
	"testing"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
)

func TestEveryKindOfErrorHasAStatus(t *testing.T) {
	for kind, want := range map[registration.Kind]int{registration.Invalid: 422, registration.Conflict: 409, registration.Gone: 410,
		registration.NotFound: 404, registration.Forbidden: 401, registration.TooMany: 429, registration.Unready: 503} {
		if got := middleware.Status(kind); got != want {
			t.Errorf("%s: %d, want %d", kind, got, want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("an unknown kind has a status")
		}
	}()
	middleware.Status("no such kind")
}
