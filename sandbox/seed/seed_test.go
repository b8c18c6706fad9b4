package seed_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/defect"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/seed"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, clock.Japan)

func machine() time.Time { return noon }

func service(t *testing.T) *world.Service {
	t.Helper()
	b := world.DefaultBounds()
	s, err := world.New(world.Config{Machine: machine, Bounds: b, Store: store.NewMemory(machine, b), Defects: defect.All()})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const whole = `# what the team begins with
worlds:
  - name: demo
    clock: {now: 2026-12-01T09:00:00+09:00, running: false}
    policy:
      passcode_lifetime: 5m
    texts:
      confirm.heading: ご確認ください。
    members:
      - id: saburo
        name: 見本 三郎
        phone: 090-0000-2001
    at:
      - place: passcode
        member: 見本 三郎
      - {place: pin, channel: app, device: android, member: 太郎さん}
    faults:
      sms: [{kind: delay, by: 11m, times: 2}]
      member:
        - {kind: status, status: 503, route: /api/sessions}
  - name: plain
`

func TestWorldsAreMadeOfASeed(t *testing.T) {
	t.Parallel()
	s := service(t)
	parsed, err := seed.Parse([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	made, err := parsed.Plant(t.Context(), s, machine, seed.Planting{})
	if err != nil || strings.Join(made, " ") != "demo plain" {
		t.Fatalf("%q %v", made, err)
	}
	m, err := s.Snapshot(t.Context(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	morning := time.Date(2026, 12, 1, 9, 0, 0, 0, clock.Japan) // an app that is installed takes its time
	if m.Now.Before(morning) || m.Now.After(morning.Add(time.Minute)) || m.Policy.PasscodeLifetime.Of() != 5*time.Minute ||
		m.Say("confirm.heading") != "ご確認ください。" || len(m.SMS.Faults.Faults) != 1 || len(m.MemberFaults) != 1 {
		t.Errorf("it is %s, %v, %v", m.Now, m.SMS.Faults, m.MemberFaults)
	}
	states := map[string]registration.State{}
	for _, r := range m.Registrations.All() {
		states[r.Holder.Name] = r.State
	}
	if states["見本 三郎"] != registration.AwaitPasscode || states["鈴木 太郎"] != registration.AwaitPIN || len(m.SMS.List("090-0000-2001", m.Now)) != 1 {
		t.Errorf("registrations %v", states)
	}

	if _, err := parsed.Plant(t.Context(), s, machine, seed.Planting{}); !errors.Is(err, world.ErrWorldExists) && !strings.Contains(err.Error(), "line 3: ") {
		t.Errorf("again: %v", err)
	}
	if made, err := parsed.Plant(t.Context(), s, machine, seed.Planting{Keep: true}); len(made) != 0 || err != nil {
		t.Errorf("kept: %q %v", made, err)
	}
	if made, err := parsed.Plant(t.Context(), s, machine, seed.Planting{Replace: true}); len(made) != 2 || err != nil {
		t.Errorf("replaced: %q %v", made, err)
	}
}

// TestWhatIsWrongWithASeed is told with its line, and nothing is made.
func TestWhatIsWrongWithASeed(t *testing.T) {
	t.Parallel()
	edited := func(old, with string) string {
		t.Helper()
		if !strings.Contains(whole, old) {
			t.Fatal(old)
		}
		return strings.Replace(whole, old, with, 1)
	}
	for name, c := range map[string]struct{ text, told string }{
		"no YAML":                {edited("    policy:", "   policy: ["), "line "},
		"an unknown field":       {edited("place: passcode", "plaice: passcode"), `line 14: unknown field "plaice"`},
		"a key twice":            {edited("        name: 見本 三郎\n", "        name: 見本 三郎\n        name: 四郎\n"), "line 12: "},
		"a name twice":           {edited("name: plain", "name: demo"), "line 21: there are two worlds demo"},
		"a name that cannot be":  {edited("name: plain", "name: Plain"), "line 21: a world's name"},
		"no such place":          {edited("place: pin", "place: pine"), `line 16: the request cannot be carried out: place: there is no place "pine"`},
		"a place nobody reaches": {edited("place: passcode\n        member: 見本 三郎", "place: passcode\n        member: 誠さん"), "line 14: "},
		"nobody of that name":    {edited("member: 太郎さん", "member: 誰か"), "line 16: "},
		"a value of the policy":  {edited("passcode_lifetime: 5m", "passcode_lifetime: soon"), "line 6: "},
		"no value of the policy": {edited("passcode_lifetime: 5m", "passcode_life: 5m"), "line 6: "},
		"no such text":           {edited("confirm.heading:", "confirm.headings:"), "line 8: "},
		"a real card":            {edited("phone: 090-0000-2001", "cards: [{number: '4111111111111111'}]"), "line 10: "},
		"no such fault":          {edited("kind: delay", "kind: explode"), "line 18: "},
		"no such provider":       {edited("      sms: [", "      fax: ["), "line 18: "},
		"a fault of another":     {edited("by: 11m", "route: /login"), "line 18: method, route and status"},
		"a year too late":        {edited("2026-12-01", "3026-12-01"), "line 4: "},
		"a clock that is none":   {edited("running: false", "running: maybe"), "line 4: "},
		"a defect that is not":   {edited("  - name: plain\n", "  - name: plain\n    defects: [none]\n"), "line 22: "},
		"nothing":                {"", "there are no worlds"},
		"a list":                 {"- name: a\n", "line 1: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := service(t)
			parsed, err := seed.Parse([]byte(c.text))
			if err == nil {
				_, err = parsed.Plant(t.Context(), s, machine, seed.Planting{})
			}
			var wrong *seed.Error
			if !errors.As(err, &wrong) || !strings.Contains(err.Error(), c.told) {
				t.Errorf("it is told %v, want %q", err, c.told)
			}
			if worlds, err := s.Worlds(t.Context()); len(worlds) != 0 || err != nil {
				t.Errorf("there are %d worlds, %v", len(worlds), err)
			}
		})
	}
}
