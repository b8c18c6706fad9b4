package server_test

import (
	"database/sql"
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// TestAWorldThatCannotBeReadIsTold breaks a world behind the back of the sandbox: its
// members are told, by a number that the log knows, and other worlds go on.
func TestAWorldThatCannotBeReadIsTold(t *testing.T) {
	t.Parallel()
	c := server.EphemeralConfig()
	file := filepath.Join(t.TempDir(), "worlds.db")
	c.Store = "sqlite:" + file
	first, err := server.Start(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.Service.Web().Start(t.Context(), "broken"); err != nil {
		t.Fatal(err)
	}
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec("UPDATE rows SET value = 'no row'")
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	second, err := server.Start(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Stop()
	for path, want := range map[string]string{"/": "システムエラーが発生しました", "/app/": "システムエラーが発生しました",
		"/api/registrations/none": `"status":500`} {
		status, told := sandboxtest.Fetch(t, second.MemberURL+path, "broken.localhost")
		if status != http.StatusInternalServerError || !strings.Contains(told, want) {
			t.Errorf("%s: %d %s, want %q", path, status, told, want)
		}
	}
	if status, _ := sandboxtest.Fetch(t, second.MemberURL+"/", ""); status != http.StatusOK {
		t.Errorf("another world: %d", status)
	}
}
