package middleware_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/middleware"
)

func TestAPanicIsLoggedWithItsNumberAndNothingOfTheRequest(t *testing.T) {
	var log bytes.Buffer
	told := ""
	h := middleware.Survive(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("broken") }),
		slog.New(slog.NewTextHandler(&log, nil)), func(w http.ResponseWriter, _ *http.Request, incident string) {
			told = incident
			w.WriteHeader(http.StatusInternalServerError)
		})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/x?card=4242420000010017", strings.NewReader("Secret-2026")))
	if w.Code != 500 || told == "" || !strings.Contains(log.String(), told) || !strings.Contains(log.String(), "broken") {
		t.Errorf("%d %q %s", w.Code, told, log.String())
	}
	if strings.Contains(log.String(), "4242420000010017") || strings.Contains(log.String(), "Secret-2026") {
		t.Errorf("the log tells the request: %s", log.String())
	}
}
