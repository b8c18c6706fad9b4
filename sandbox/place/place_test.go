package place_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/place"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, clock.Japan)

func service(t *testing.T) *world.Service {
	t.Helper()
	machine := func() time.Time { return noon }
	s, err := world.New(
		world.Config{Machine: machine, Bounds: world.DefaultBounds(), Store: store.NewMemory(machine, world.DefaultBounds())},
	)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func put(t *testing.T, s *world.Service, name string, q place.Request) place.Result {
	t.Helper()
	r, err := place.Put(t.Context(), s, name, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func snapshot(t *testing.T, s *world.Service, name string) world.Snapshot {
	t.Helper()
	m, err := s.Snapshot(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Twice in one world: the second time, whoever comes first to mind has begun
// already.
func TestEveryPlaceIsReachedTwice(t *testing.T) {
	for _, p := range place.All() {
		t.Run(string(p.Channel)+" "+p.Name, func(t *testing.T) {
			t.Parallel()
			s := service(t)
			for range 2 {
				r := put(t, s, "w", place.Request{At: p.Name, Channel: p.Channel})
				if r.Registration.State != p.State || p.State != "" && r.Registration.Channel != p.Channel || r.Member == "" ||
					r.Path == "" {
					t.Errorf("it is %+v", r)
				}
				if p.Title == "" || len(snapshot(t, s, "w").Timeline.Events) == 0 {
					t.Errorf("%q leaves nothing on the timeline", p.Title)
				}
			}
		})
	}
}

func TestStatesAreReachedInBothChannels(t *testing.T) {
	reached := map[string]bool{}
	for _, p := range place.All() {
		if key := string(p.Channel) + " " + p.Name; reached[key] {
			t.Errorf("two places are called %s", key)
		} else {
			reached[key] = true
		}
		reached[string(p.Channel)+"/"+string(p.State)] = true
	}
	for _, transition := range registration.Transitions() {
		for _, state := range []registration.State{transition.From, transition.To} {
			if !reached[string(transition.Channel)+"/"+string(state)] {
				t.Errorf("no place of the %s is at %s", transition.Channel, state)
			}
		}
	}
}

func TestWhatIsSpecialAboutAPlaceIsReal(t *testing.T) {
	s := service(t)
	for _, channel := range []registration.Channel{registration.Web, registration.App} {
		name := string(channel)
		lost := put(t, s, name, place.Request{At: "passcode-lost", Channel: channel})
		if m := snapshot(t, s, name); len(m.SMS.List(lost.Registration.Holder.Phone, m.Now.Add(24*time.Hour))) != 0 ||
			len(m.SMS.Faults.Faults) != 0 {
			t.Errorf("%s: the SMS has come", name)
		}
		if r := put(t, s, name, place.Request{At: "passcode-wrong", Channel: channel}); r.Registration.Attempts != 2 {
			t.Errorf("%s: %d wrong passcodes", name, r.Registration.Attempts)
		}
		if r := put(t, s, name, place.Request{At: "passcode-limit", Channel: channel}); r.Registration.Reissues != snapshot(
			t,
			s,
			name,
		).Policy.PasscodeReissues {
			t.Errorf("%s: %d reissues", name, r.Registration.Reissues)
		}
		if r := put(t, s, name, place.Request{At: "expired-superseded", Channel: channel}); r.Registration.Reason != registration.Superseded {
			t.Errorf("%s: it has ended by %s", name, r.Registration.Reason)
		}
	}
	pin := put(t, s, "w", place.Request{At: "pin-wrong", Channel: registration.App}).Registration
	if wrong, _ := snapshot(t, s, "w").Issuer.WrongPINs.Get(pin.Application.CardNumber); wrong != 1 {
		t.Errorf("%d wrong PINs", wrong)
	}
	if r := put(t, s, "w", place.Request{At: "call-confirmed"}); r.Registration.Call.ConfirmedAt.IsZero() {
		t.Error("the call is not confirmed")
	}
}

func TestTheMemberIsWhoeverIsNamed(t *testing.T) {
	s := service(t)
	for wanted, name := range map[string]string{"太郎さん": "鈴木 太郎", "鈴木 太郎": "鈴木 太郎", "taro": "鈴木 太郎", "和子さん": "伊藤 和子", "": "山田 花子"} {
		if r := put(t, s, "w", place.Request{At: "passcode", Member: wanted}); r.Member != name {
			t.Errorf("%q is %s, want %s", wanted, r.Member, name)
		}
	}
	if r := put(t, s, "w", place.Request{At: "card", Channel: registration.App,
		Device: registration.Android}); r.Registration.Device != registration.Android {
		t.Errorf("the device is %s", r.Registration.Device)
	}
}

func TestPlacesFollowThePolicyOfTheWorld(t *testing.T) {
	for _, patch := range []string{
		`{"passcode_attempts":1,"pin_attempts":1,"passcode_reissues":1}`,
		`{"net_answer_id_min":20,"net_answer_id_max":20}`,
		`{"passcode_lifetime":"1s","registration_idle":"1h"}`,
		`{"passcode_digits":8,"passcode_reissue_interval":"0s","app_install_duration":"1s"}`,
	} {
		s := service(t)
		for i, p := range place.All() {
			name := fmt.Sprint("w", i)
			if _, err := s.Control().Arrange(t.Context(), name, world.Setup{Policy: []byte(patch)}); err != nil {
				t.Fatal(err)
			}
			if _, err := place.Put(t.Context(), s, name, place.Request{At: p.Name, Channel: p.Channel}); err != nil &&
				!errors.Is(err, place.ErrPlace) {
				t.Errorf("%s %s by %s: %v", p.Channel, p.Name, patch, err)
			} else if err != nil && !strings.Contains(err.Error(), p.Name) {
				t.Errorf("%s does not tell the place: %v", patch, err)
			}
		}
	}
}

func TestAPlaceThatCannotBe(t *testing.T) {
	s := service(t)
	tests := map[string]struct {
		q    place.Request
		says string
	}{
		"nowhere":                  {place.Request{At: "moon"}, `"moon"`},
		"of the other channel":     {place.Request{At: "wallet"}, `"wallet"`},
		"no channel":               {place.Request{At: "input", Channel: "fax"}, `"fax"`},
		"nobody":                   {place.Request{At: "input", Member: "誰かさん"}, `"誰かさん"`},
		"a device on the web":      {place.Request{At: "input", Device: registration.IPhone}, "device"},
		"a device that nobody has": {place.Request{At: "card", Channel: registration.App, Device: "pager"}, `"pager"`},
		"a member who cannot":      {place.Request{At: "passcode", Member: "健さん"}, "有効期限"},
		"a member who ends there":  {place.Request{At: "passcode", Member: "誠さん"}, "unavailable"},
		"one who is registered":    {place.Request{At: "confirm", Member: "良子さん"}, "登録"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := place.Put(t.Context(), s, "w", test.q)
			if !errors.Is(err, world.ErrRequest) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error %v, want one about %s", err, test.says)
			}
		})
	}
}
