// Package telephone_test calls the sandbox with telephones that nobody here wrote.
package telephone_test

import (
	"errors"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/g711"
	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/mocks/ivr/voice"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// telephoneFor is a sandbox that takes calls within these limits, and no other
// provider's protocol.
func telephoneFor(t testing.TB, limits sip.Limits) (*server.Sandbox, *client.Client) {
	t.Helper()
	return sandboxtest.Controlled(t, func(c *server.Config) {
		c.REST, c.SMTP, c.IMAP, c.SMPP, c.Calls = "", "", "", "", limits
	})
}

// callsFrom runs sipp over the rows of a CSV, and fails the test if any call fails.
func callsFrom(t testing.TB, s *server.Sandbox, scenario string, rows []string, args ...string) {
	t.Helper()
	program := sandboxtest.Installed(t, "sipp")
	dir := t.TempDir()
	scenario = sandboxtest.Path(t, "mocks/ivr/sip/testdata", scenario)
	if err := os.WriteFile(filepath.Join(dir, "callers.csv"), []byte("SEQUENTIAL\n"+strings.Join(rows, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	n := strconv.Itoa(len(rows))
	command := exec.CommandContext(
		t.Context(),
		program,
		append([]string{s.SIP(), "-sf", scenario, "-inf", "callers.csv", "-s", "0120000111",
			"-i", "127.0.0.1", "-m", n, "-l", n, "-timeout", "120s", "-timeout_error", "-trace_err", "-error_file", "errors.txt", "-nostdin"}, args...)...)
	command.Dir = dir
	out, err := command.CombinedOutput()
	if err != nil {
		errors, _ := os.ReadFile(filepath.Join(dir, "errors.txt")) // it is there if sipp had anything to say
		t.Fatalf("sipp: %v\n%.2000s\n%s", err, errors, out[max(0, len(out)-3000):])
	}
}

// awaitsCall brings 正さん of a world to the screen that shows the number to call.
func awaitsCall(t testing.TB, s *server.Sandbox, worldName string) (finish func() string) {
	t.Helper()
	l := sandboxtest.Caller{World: worldName}
	var r struct{ ID, State string }
	api := s.MemberURL + "/api/registrations"
	form := `{"card_number":"4242420000010090","expiry_month":"09","expiry_year":"31","security_code":"890","net_answer_id":"tad-2026",` +
		`"password":"Secret-2026","password_confirmation":"Secret-2026","email_pc":"tadashi@example.jp","terms_agreed":true}`
	err := errors.Join(l.Do(http.MethodPost, api, "", &r), l.Do(http.MethodPut, api+"/"+r.ID+"/form", form, &r),
		l.Do(http.MethodPost, api+"/"+r.ID+"/identity-check", "", &r))
	if err != nil || r.State != "call" {
		t.Fatalf("%+v, %v", r, err)
	}
	return func() string {
		if err := l.Do(http.MethodPost, api+"/"+r.ID+"/call/completion", "", &r); err != nil {
			return err.Error()
		}
		return r.State
	}
}

func TestSippPlaces300CallsAt30ASecond(t *testing.T) {
	limits := sip.DefaultLimits()
	limits.Linger = 200 * time.Millisecond
	s, controls := telephoneFor(t, limits)
	const calls = 300
	rows := make([]string, calls)
	finish := make([]func() string, calls)
	for i := range rows {
		name := "sipp-" + strconv.Itoa(i)
		if err := controls.Arrange(t.Context(), name, client.Setup{Clock: sandboxtest.Frozen()}); err != nil {
			t.Fatal(err)
		}
		finish[i] = awaitsCall(t, s, name)
		rows[i] = "0300001009;" + name + ";sipp@127.0.0.1"
	}
	callsFrom(t, s, "hears.xml", rows, "-r", "30")
	for i := range rows {
		found, err := controls.Calls(t.Context(), "sipp-"+strconv.Itoa(i))
		if err != nil || len(found) != 1 || !found[0].HeardAll || found[0].Guidance != "ご本人確認ができました" {
			t.Fatalf("call %d: %+v, %v", i, found, err)
		}
		if state := finish[i](); state != "completed" {
			t.Fatalf("after call %d the registration is %s", i, state)
		}
	}
}

func TestTheTelephoneAndItsLimitsAreShown(t *testing.T) {
	s, _ := telephoneFor(t, sip.DefaultLimits())
	if _, body := sandboxtest.Fetch(t, s.ConsoleURL+"/api/bounds", ""); !strings.Contains(
		body,
		`"address":"`+s.SIP()+`","calls":1000,"duration":"5m0s"`,
	) {
		t.Errorf("the bounds are %s", body)
	}
	without := sandboxtest.Start(t, func(c *server.Config) { c.SIP = "" })
	if _, body := sandboxtest.Fetch(t, without.ConsoleURL+"/api/bounds", ""); strings.Contains(body, `"telephone":{`) {
		t.Errorf("without a telephone the bounds are %s", body)
	}
}

func TestSippHangsUpEarlyOverTCP(t *testing.T) {
	s, controls := telephoneFor(t, sip.DefaultLimits())
	finish := awaitsCall(t, s, "early")
	rows := slices.Repeat([]string{"+81-3-0000-1009;early;sipp@127.0.0.1"}, 20) // on one connection
	callsFrom(t, s, "leaves.xml", rows, "-t", "t1", "-d", "500", "-r", "20")
	found, err := controls.Calls(t.Context(), "early")
	if err != nil || len(found) != len(rows) {
		t.Fatalf("%+v, %v", found, err)
	}
	for _, c := range found {
		if c.HeardAll || c.EndedAt.IsZero() || c.From != "0300001009" {
			t.Errorf("%+v", c)
		}
	}
	if state := finish(); state == "completed" {
		t.Errorf("a call hung up early confirms")
	}
}

func TestBaresipHearsTheGuidance(t *testing.T) {
	limits := sip.DefaultLimits()
	limits.Linger = 300 * time.Millisecond
	s, controls := telephoneFor(t, limits)
	for name, tt := range map[string]struct {
		user, sentence string
		reworded       string
	}{
		"who is expected":         {"0300001009", "guidance.confirmed", ""},
		"another":                 {"0300001008", "guidance.unknown", ""},
		"who withholds":           {"anonymous", "guidance.withheld", ""},
		"in words of the world's": {"0300001009", "guidance.confirmed", "確認できました。"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			worldName := "baresip-" + strconv.Itoa(len(name))
			if err := controls.Arrange(t.Context(), worldName, client.Setup{Clock: sandboxtest.Frozen(),
				Texts: map[string]string{tt.sentence: tt.reworded}}); err != nil {
				t.Fatal(err)
			}
			awaitsCall(t, s, worldName)
			heard := listens(t, s, tt.user, worldName)
			said := recording(t, tt.sentence)
			if likeness := alike(heard, said); likeness < 0.95 {
				t.Errorf("what was heard is like the guidance by %.3f", likeness)
			}
			found, err := controls.Calls(t.Context(), worldName)
			if err != nil || len(found) != 1 || !found[0].HeardAll {
				t.Fatalf("%+v, %v", found, err)
			}
			notes := 0
			for _, l := range found[0].Transcript {
				if l.What == "note" {
					notes++
				}
			}
			if wrong := tt.reworded != "" != (notes == 1); wrong {
				t.Errorf("transcript %+v", found[0].Transcript)
			}
		})
	}
}

// listens calls with baresip and returns the samples that it heard.
func listens(t *testing.T, s *server.Sandbox, user, worldName string) []float64 {
	t.Helper()
	// The world is named by the host that is called; the account knows the way there.
	return sandboxtest.Baresip(
		t,
		"<sip:"+user+"@127.0.0.1>;outbound=\"sip:"+s.SIP()+"\";regint=0",
		"/dial sip:0120000111@"+worldName+".localhost",
	)
}

// recording is what is said of a sentence.
func recording(t *testing.T, sentence string) []float64 {
	t.Helper()
	for _, r := range voice.Readings() {
		if r.ID == sentence {
			sound := voice.Of(ivr.Verb{Kind: ivr.Say, Text: r.Text})
			samples := make([]float64, len(sound.ULaw))
			for i, b := range sound.ULaw {
				samples[i] = float64(g711.DecodeULaw(b))
			}
			return samples
		}
	}
	t.Fatalf("no recording of %s", sentence)
	return nil
}

// alike is the normalized cross-correlation of two sounds: 1 for the same, about
// 0 for others. What was heard may begin a fifth of a second sooner or later.
func alike(heard, said []float64) float64 {
	best, at := -1.0, 0
	for shift := -1600; shift <= 1600; shift++ {
		if c := correlation(heard, said[:min(len(said), 12000)], shift); c > best {
			best, at = c, shift
		}
	}
	return correlation(heard, said, at)
}

func correlation(heard, said []float64, shift int) float64 {
	var product, a, b float64
	for i, v := range said {
		a += v * v
		if j := i + shift; j >= 0 && j < len(heard) {
			product += v * heard[j]
			b += heard[j] * heard[j]
		}
	}
	return product / math.Sqrt(max(1, a*b))
}
