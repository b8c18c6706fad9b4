package control_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAClaimIsOneWorldsUntilItIsReleased(t *testing.T) {
	s := newSandbox(t)
	var got struct{ Recipient string }
	s.call("POST", "/api/worlds/a/claims", `{"recipient":"+81 90 0000 1001"}`, 201, &got)
	if got.Recipient != "09000001001" {
		t.Errorf("claimed %q", got.Recipient)
	}
	s.call("POST", "/api/worlds/a/claims", `{"recipient":"Hanako@example.jp"}`, 201, nil)
	s.refused("POST", "/api/worlds/b/claims", `{"recipient":"090-0000-1001"}`, 409, "claimed")
	s.refused("POST", "/api/worlds/b/claims", `{"recipient":"nobody"}`, 422, "request_invalid")
	var list struct{ Claims []string }
	s.call("GET", "/api/worlds/a/claims", "", 200, &list)
	if diff := cmp.Diff([]string{"09000001001", "hanako@example.jp"}, list.Claims); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	s.call("DELETE", "/api/worlds/a/claims?recipient=090-0000-1001", "", 204, nil)
	s.call("POST", "/api/worlds/b/claims", `{"recipient":"090-0000-1001"}`, 201, nil)
	s.call("DELETE", "/api/worlds/b", "", 204, nil)
	s.call("POST", "/api/worlds/a/claims", `{"recipient":"090-0000-1001"}`, 201, nil)
}
