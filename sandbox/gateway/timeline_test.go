package gateway_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/world"
)

// lines are the entries of a world's timeline of some kinds, in order, from the
// after-th on.
func lines(t *testing.T, s *world.Service, name string, kinds ...string) (all []string) {
	t.Helper()
	m, err := s.Snapshot(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range m.Timeline.Events {
		for _, k := range kinds {
			if e.Kind == k {
				all = append(all, e.Kind+" "+e.What)
			}
		}
	}
	return all
}

// comes waits until the timeline of a world has a line.
func comes(t *testing.T, s *world.Service, name, line string) {
	t.Helper()
	for _, err := s.Snapshot(t.Context(), name); err == nil; {
		for _, l := range lines(t, s, name, world.KindRequest) {
			if strings.Contains(l, line) {
				return
			}
		}
		if clock.Pass(t.Context(), 1_000_000) != nil {
			break
		}
	}
	t.Fatalf("there is no %q", line)
}

func TestRESTRequestsStandInTheTimelineInOrder(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	c := twilioOf(t, g, "ACmine")
	plan(t, s, "mine", world.ProviderSMS, fault.Fault{Kind: fault.Refuse, Times: 1})
	c.send("+819000001001", "secret words 012345")
	m, _ := c.send("+819000001001", "hello")
	c.send("12345", "hello")
	c.do(http.MethodGet, "/2010-04-01/Accounts/ACmine/Messages/"+m.SID+".json", nil, nil)
	c.do(http.MethodGet, "/2010-04-01/Accounts/ACmine/Elsewhere.json?token=secret", nil, nil)
	advance(t, s, "mine", 1)
	want := []string{
		"fault sms の障害の計画: refuse×1",
		"fault fault as planned: refuse",
		"request Twilio REST POST /Messages.json → 503（エラー 20503）",
		"sms 09000001001 へSMSを送信しました: hello",
		"request Twilio REST POST /Messages.json → 201",
		"request Twilio REST POST /Messages.json → 400（エラー 21211）",
		"request Twilio REST GET /Messages/" + m.SID + ".json → 200",
		"request Twilio REST GET （ないもの） → 404（エラー 20404）",
		"clock 時計: 2026-11-24 10:00:00（進行中）",
	}
	if diff := cmp.Diff(want, lines(t, s, "mine", "fault", "sms", "clock", world.KindRequest)); diff != "" {
		t.Errorf("timeline (-want +got):\n%s", diff)
	}
}

func TestARequestOfNobodyStandsInTheDefaultWorld(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	c := twilioOf(t, g, "ACNo World")
	if status := c.do(http.MethodGet, "/2010-04-01/Accounts/ACNo%20World/Messages.json", nil, nil); status != http.StatusUnauthorized {
		t.Errorf("answered %d", status)
	}
	want := []string{"request Twilio REST GET /Messages.json → 401（エラー 20003）"}
	if diff := cmp.Diff(want, lines(t, s, world.DefaultName, world.KindRequest)); diff != "" {
		t.Errorf("timeline (-want +got):\n%s", diff)
	}
}

func TestLogInsStandInTheTimelineWithoutTheirSecrets(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	mail := dial(t, listen(t, smtpOf(g)))
	mail.hear()
	mail.say("EHLO me\r\n")
	mail.say("AUTH PLAIN AG1pbmUAc2VjcmV0\r\n") // mine, secret
	mail.say("MAIL FROM:<a@example.com>\r\n")
	if err := s.Control().Receive(t.Context(), "mine", "picky@example.jp", []string{"example.com"}, true); err != nil {
		t.Fatal(err)
	}
	mail.say("RCPT TO:<picky@example.jp>\r\n")
	box := dial(t, listen(t, imapOf(g)))
	box.hear()
	for _, text := range []string{"a LOGIN \"No World\" secret\r\n", "b LOGIN mine secret\r\n"} {
		if _, err := box.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if _, err := box.in.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	line := bind(t, listen(t, smppOf(g)), "mine", pdu.Transceiver)
	line.submit("09000001001", "hello")
	p := pdu.NewSubmitSM().(*pdu.SubmitSM)
	if err := p.DestAddr.SetAddress("12"); err != nil {
		t.Fatal(err)
	}
	if err := p.Message.SetMessageWithEncoding("x", data.UCS2); err != nil {
		t.Fatal(err)
	}
	line.say(p)
	line.hear()
	line.say(pdu.NewUnbind())
	line.hear()
	comes(t, s, "mine", "SMPPの接続が終わりました")
	want := []string{
		"request SMTPのログインを受け付けました",
		"request SMTPで picky@example.jp へのメールを断りました（550）",
		"request IMAPのログインを受け付けました",
		"request SMPPの bind_transceiver を受け付けました",
		"request SMSを受け付けませんでした: the recipient is no telephone number",
		"request SMPPの接続が終わりました（submit_sm 2件、うち断ったもの 1件）",
	}
	if diff := cmp.Diff(want, lines(t, s, "mine", world.KindRequest)); diff != "" {
		t.Errorf("timeline (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"request IMAPのログインを断りました（ワールドの名前にならない名前）"}, lines(t, s, world.DefaultName, world.KindRequest)); diff != "" {
		t.Errorf("of the one that can be no world's (-want +got):\n%s", diff)
	}
	for _, l := range lines(t, s, "mine", world.KindRequest, "sms", "mail") {
		if strings.Contains(l, "secret") {
			t.Errorf("it tells a secret: %s", l)
		}
	}
}

func TestLeavingAWorldThatIsGoneDoesNotMakeItAgain(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	line := bind(t, listen(t, smppOf(g)), "gone", pdu.Transmitter)
	if err := s.Control().Delete(t.Context(), "gone"); err != nil {
		t.Fatal(err)
	}
	twilioOf(t, g, "ACgone").do(http.MethodGet, "/2010-04-01/Accounts/ACgone/Messages.json", nil, nil)
	line.say(pdu.NewUnbind())
	line.hear()
	if _, err := pdu.Parse(line.Conn); err == nil {
		t.Error("the connection goes on")
	}
	worlds, err := s.Worlds(t.Context())
	if err != nil || len(worlds) != 0 {
		t.Errorf("%d worlds %v", len(worlds), err)
	}
}

func TestASystemIDThatIsTooLongIsRefused(t *testing.T) {
	t.Parallel()
	_, g := open(t)
	address := listen(t, smppOf(g))
	for id, want := range map[string]data.CommandStatusType{"fifteen-letters": data.ESME_ROK, "sixteen-letters0": data.ESME_RINVSYSID, "No World": data.ESME_RINVSYSID} {
		for _, kind := range []pdu.BindingType{pdu.Transmitter, pdu.Receiver, pdu.Transceiver} {
			l := bound{t, dial(t, address).Conn}
			p := pdu.NewBindRequest(kind)
			p.SystemID = id
			l.say(p)
			if got := l.hear().GetHeader().CommandStatus; got != want {
				t.Errorf("%s, %d: %s, want %s", id, kind, got, want)
			}
		}
	}
}
