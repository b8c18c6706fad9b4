package middleware_test

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"example.com/netanswer/sandbox/middleware"
)

func TestALateHandlerIsMadeOnceAndWhenItIsAsked(t *testing.T) {
	t.Parallel()
	var made, served atomic.Int32
	h := middleware.Late(func() http.Handler {
		made.Add(1)
		return http.HandlerFunc(func(http.ResponseWriter, *http.Request) { served.Add(1) })
	})
	if made.Load() != 0 {
		t.Error("it is made before anybody asks")
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)) })
	}
	all.Wait()
	if made.Load() != 1 || served.Load() != 8 {
		t.Errorf("made %d times and served %d, want once and 8", made.Load(), served.Load())
	}
}
