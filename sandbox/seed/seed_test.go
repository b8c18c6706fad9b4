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
      passcode_digits: 8
      passcode_lifetime: 5分
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

	if _, err := parsed.Plant(t.Context(), s, machine, seed.Planting{}); !errors.Is(err, world.ErrWorldExists) &&
		!strings.Contains(err.Error(), "line 3: ") {
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
		"an unknown field":       {edited("place: passcode", "plaice: passcode"), `line 15: unknown field "plaice"`},
		"a key twice":            {edited("        name: 見本 三郎\n", "        name: 見本 三郎\n        name: 四郎\n"), "line 13: "},
		"a name twice":           {edited("name: plain", "name: demo"), "line 22: there are two worlds demo"},
		"a name that cannot be":  {edited("name: plain", "name: Plain"), "line 22: the name of a world"},
		"no such place":          {edited("place: pin", "place: pine"), `line 17: the request cannot be carried out: place: there is no place "pine"`},
		"a place nobody reaches": {edited("place: passcode\n        member: 見本 三郎", "place: passcode\n        member: 誠さん"), "line 15: "},
		"nobody of that name":    {edited("member: 太郎さん", "member: 誰か"), "line 17: "},
		"a value of the policy":  {edited("passcode_lifetime: 5分", "passcode_lifetime: soon"), "line 7: "},
		"no value of the policy": {edited("passcode_lifetime: 5分", "passcode_life: 5m"), "line 7: "},
		"no such text":           {edited("confirm.heading:", "confirm.headings:"), "line 9: "},
		"a real card":            {edited("phone: 090-0000-2001", "cards: [{number: '4111111111111111'}]"), "line 11: "},
		"no such fault":          {edited("kind: delay", "kind: explode"), "line 19: "},
		"no such provider":       {edited("      sms: [", "      fax: ["), "line 19: "},
		"a fault of another":     {edited("by: 11m", "route: /login"), "line 19: method, route and status"},
		"a year too late":        {edited("2026-12-01", "3026-12-01"), "line 4: "},
		"a clock that is none":   {edited("running: false", "running: maybe"), "line 4: "},
		"a defect that is not":   {edited("  - name: plain\n", "  - name: plain\n    defects: [none]\n"), "line 23: "},
		"the second of values":   {edited("passcode_digits: 8", "passcode_digits: 88"), "line 6: passcode_digits: 88 is not between 4 and 10"},
		"no number":              {edited("passcode_digits: 8", "passcode_digits: eight"), "line 6: passcode_digits: want a whole number"},
		"two members of one id":  {edited("    at:\n", "      - {id: saburo}\n    at:\n"), "line 14: there are two members of id saburo"},
		"two of one card":        {edited("    at:\n", twins+"    at:\n"), "line 15: there are two cards of this number"},
		"a second document":      {whole + "---\nworlds: [{name: lost}]\n", "line 23: a second document"},
		"no UTF-8":               {whole + "# \xff\n", "line 23: it is not written in UTF-8"},
		"a time that is none":    {edited("2026-12-01T09:00:00+09:00", "gestern"), `line 4: "gestern" is no time`},
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

// twins are two members who have one card.
const twins = `      - {id: a, cards: [{number: '4242420000990017'}]}
      - {id: b, cards: [{number: '4242-4200-0099-0017'}]}
`

func TestAByteOrderMarkIsNoMistake(t *testing.T) {
	t.Parallel()
	if _, err := seed.Parse([]byte("\ufeff" + whole)); err != nil {
		t.Error(err)
	}
}

// The library takes minutes and gigabytes for the first three, and fails at the
// others.
func TestAFileThatTheLibraryCannotBearIsRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"worlds: " + strings.Repeat("[", 60_000):            "line 1: it nests too deep",
		"worlds: " + strings.Repeat("{a: ", 15_000):         "line 1: it nests too deep",
		"\n" + strings.Repeat("- ", 30_000):                 "line 2: it nests too deep",
		"worlds: !!binary aGVsbG8=":                         "it cannot be read as YAML",
		"worlds: !!int \"x\"":                               "it cannot be read as YAML",
		"worlds: !<tag> x":                                  "it cannot be read as YAML",
		"worlds: [{name: a}]\n" + strings.Repeat("#[", 400): "",
	} {
		if _, err := seed.Parse([]byte(text)); want == "" && err != nil || want != "" && (err == nil || err.Error() != want) {
			t.Errorf("%.30q: %v, want %s", text, err, want)
		}
	}
}
