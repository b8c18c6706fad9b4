package middleware_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/middleware"
)

func TestABodyBeyondTheBoundIsNotRead(t *testing.T) {
	h := middleware.Bound(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var large *http.MaxBytesError
		if data, err := io.ReadAll(r.Body); !errors.As(err, &large) || len(data) > 10 {
			t.Errorf("%d bytes, %v", len(data), err)
		}
	}), 10)
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/", strings.NewReader(strings.Repeat("x", 100))))
}
