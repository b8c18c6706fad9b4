package control_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/sandbox/control"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

type snapshotAnswer struct {
	Name, World, Note string
	TakenAt           time.Time `json:"taken_at"`
	Clock             clockState
	Counts            struct{ Registrations, Accounts, SMS, Mail int }
	Defects           []string
}

type forkAnswer struct {
	worldAnswer
	From struct{ World, Snapshot string }
}

func TestAWorldIsForked(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	id, passcode := s.proceed("a", hanako)
	var named, unnamed forkAnswer
	s.call("POST", "/api/worlds/a/forks", `{"into":"b"}`, 201, &named)
	s.call("POST", "/api/worlds/a/forks", `{}`, 201, &unnamed)
	if named.Name != "b" || named.From.World != "a" || named.Counts.SMS != 1 || named.URL != "http://b.localhost:8080/" ||
		unnamed.Name == "" ||
		unnamed.Name == "a" {
		t.Errorf("forks %+v and %+v", named, unnamed)
	}
	step := s.step(s.service.Web().Enter(t.Context(), "b", id, passcode))
	if step.Registration.State != registration.Completed {
		t.Errorf("in the fork it is %s", step.Registration.State)
	}
	var a worldAnswer
	s.call("GET", "/api/worlds/a", "", 200, &a)
	if a.Counts.Accounts != 1 {
		t.Errorf("the original has %d accounts", a.Counts.Accounts)
	}
	s.refused("POST", "/api/worlds/a/forks", `{"into":"b"}`, 409, "world_exists")
	s.refused("POST", "/api/worlds/nobody/forks", `{"into":"c"}`, 404, "no_such_world")
	s.refused("POST", "/api/worlds/a/forks", `{"into":"A"}`, 400, "world_name")
	s.refused("POST", "/api/worlds/a/forks", `{"name":"c"}`, 422, "malformed")
}

func TestASnapshotIsTakenUsedAndDeleted(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.proceed("a", hanako)
	var taken, seen snapshotAnswer
	s.call("PUT", "/api/snapshots/sent", `{"world":"a","note":"届いたところ"}`, 201, &taken)
	s.machine.pass(time.Hour)
	s.call("GET", "/api/snapshots/sent", "", 200, &seen)
	if diff := cmp.Diff(taken, seen); diff != "" || seen.Name != "sent" || seen.World != "a" || seen.Note != "届いたところ" ||
		!seen.TakenAt.Equal(start) ||
		!seen.Clock.Now.Equal(start) ||
		seen.Counts.SMS != 1 {
		t.Errorf("snapshot %+v (-taken +seen):\n%s", seen, diff)
	}
	var fork forkAnswer
	s.call("POST", "/api/snapshots/sent/forks", `{"into":"b"}`, 201, &fork)
	if !fork.Clock.Now.Equal(start) || fork.From.Snapshot != "sent" || fork.From.World != "" {
		t.Errorf("fork %+v", fork)
	}
	s.call("DELETE", "/api/worlds/a/sms", "", 204, nil)
	var restored worldAnswer
	s.call("POST", "/api/worlds/a/restore", `{"snapshot":"sent"}`, 200, &restored)
	if restored.Counts.SMS != 1 || !restored.Clock.Now.Equal(start) {
		t.Errorf("restored %+v", restored)
	}
	s.refused("PUT", "/api/snapshots/sent", `{"world":"a"}`, 409, "snapshot_exists")
	s.call("PUT", "/api/snapshots/sent", `{"world":"a","replace":true}`, 200, nil)
	var list struct {
		Total     int
		Snapshots []snapshotAnswer
	}
	s.call("GET", "/api/snapshots", "", 200, &list)
	if list.Total != 1 || len(list.Snapshots) != 1 || list.Snapshots[0].Note != "" {
		t.Errorf("list %+v", list)
	}
	for range 2 {
		s.call("DELETE", "/api/snapshots/sent", "", 204, nil)
	}
	s.refused("GET", "/api/snapshots/sent", "", 404, "no_such_snapshot")
	s.refused("POST", "/api/snapshots/sent/forks", `{}`, 404, "no_such_snapshot")
	s.refused("POST", "/api/worlds/a/restore", `{"snapshot":"sent"}`, 404, "no_such_snapshot")
	s.refused("PUT", "/api/snapshots/Sent", `{"world":"a"}`, 400, "world_name")
	s.refused("PUT", "/api/snapshots/sent", `{"world":"nobody"}`, 404, "no_such_world")
	s.refused("PUT", "/api/snapshots/sent", `{"note":"no world"}`, 422, "malformed")
}

func TestTooManySnapshotsIsToldAsSuch(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, func(c *world.Config, _ *control.Config) { c.Bounds.Snapshots = 1 })
	s.call("PUT", "/api/worlds/a", `{}`, 201, nil)
	s.call("PUT", "/api/snapshots/one", `{"world":"a"}`, 201, nil)
	s.refused("PUT", "/api/snapshots/two", `{"world":"a"}`, 503, "full")
}
