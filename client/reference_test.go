package client_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/client"
)

func TestProvidersOnEveryAddressAreFoundWhereTheConsoleIs(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"rest":"http://[::]:8091","smpp":"0.0.0.0:2775","smtp":"192.0.2.1:1025"}`)
	}))
	defer server.Close()
	got, err := client.New(strings.Replace(server.URL, "127.0.0.1", "localhost", 1)).Providers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := client.Providers{REST: "http://localhost:8091", SMPP: "localhost:2775", SMTP: "192.0.2.1:1025"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("providers (-want +got):\n%s", diff)
	}
}
