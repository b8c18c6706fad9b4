package integrator_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/integrator"
)

const created = `{"sid":"SM1"}`

func TestHowAnSMSByRESTIsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		answer  answer
		refused string // as the backend knows it
		err     string // where it cannot know
	}{
		"taken":                           {answer{http.StatusCreated, created}, "", ""},
		"refused by a number":             {answer{http.StatusBadRequest, `{"code":21211,"message":"Invalid"}`}, "21211", ""},
		"refused by a status":             {answer{http.StatusTooManyRequests, `{}`}, "429", ""},
		"refused by a page":               {answer{http.StatusBadGateway, `<h1>Bad Gateway</h1>`}, "502", ""},
		"not answered":                    {answer{status: cut}, "応答なし", ""},
		"answered by half":                {answer{half, created}, "応答なし", ""},
		"taken, without a sid":            {answer{http.StatusCreated, `{}`}, "", "without a sid"},
		"taken by a page":                 {answer{http.StatusCreated, `<h1>Created</h1>`}, "", "without a sid"},
		"accepted, which REST never says": {answer{http.StatusAccepted, created}, "202", ""},
	} {
		ctx := before(t, &providers{answers: map[string]answer{"POST Messages.json": test.answer}})
		err := integrator.Texts(ctx, "REST", hanako, "")
		expect(t, name, err, test.err)
		if err == nil {
			expect(t, name, integrator.IsRefused(ctx, test.refused), "")
			expect(t, name, integrator.IsRefused(ctx, "x"), "断られた理由は「x」のはずが")
		}
	}
}

func TestAProviderThatIsNotThereRefusesNothing(t *testing.T) {
	ctx := before(t, &providers{})
	nowhere := integrator.Enter(ctx, &integrator.Backend{Controls: controlsOf(t), At: client.Providers{REST: "http://127.0.0.1:1", SMTP: "127.0.0.1:1"}, Now: never})
	expect(t, "REST", integrator.Texts(nowhere, "REST", hanako, ""), "dial")
	expect(t, "SMTP", integrator.Mails(nowhere, hanako, "", "x"), "send a mail: dial")
	expect(t, "no such way", integrator.Texts(ctx, "ファックス", hanako, ""), "there is no way 「ファックス」")
	expect(t, "nobody", integrator.Texts(ctx, "REST", "三郎さん", ""), "the cast has no 三郎さん")
}

// TestWhatBecomesOfAnSMS reads what REST and the control API tell of it.
func TestWhatBecomesOfAnSMS(t *testing.T) {
	told := func(body string) map[string]answer { return map[string]answer{"GET Messages/SM1.json": {body: body}} }
	arrived := func(world, body string) map[string]answer {
		return map[string]answer{"GET " + world + "/sms": {body: `{"messages":[` + body + `]}`}}
	}
	const ad = `{"body":"別の","passcode":{"code":"999999"}}`
	for name, test := range map[string]struct {
		answers []map[string]answer
		do      func(context.Context) error
		want    string
	}{
		"delivered":           {[]map[string]answer{told(`{"status":"delivered"}`)}, statusIs("配信済み"), ""},
		"not delivered":       {[]map[string]answer{told(`{"status":"undelivered"}`)}, statusIs("配信済み"), "「不達」です"},
		"a status of no word": {[]map[string]answer{told(`{"status":"lost"}`)}, statusIs("配信済み"), "「lost」です"},
		"no status":           {[]map[string]answer{told(`{}`)}, statusIs("配信済み"), "「」です"},
		"unknown to REST":     {nil, statusIs("配信済み"), "fetch SM1: status 500"},
		"a page":              {[]map[string]answer{told(`<h1>`)}, statusIs("配信済み"), "invalid character"},
		"the reason":          {[]map[string]answer{told(`{"error_code":30003}`)}, reasonIs("30003"), ""},
		"another reason":      {[]map[string]answer{told(`{"error_code":30005}`)}, reasonIs("30003"), "「30005」です"},
		"no reason":           {[]map[string]answer{told(`{}`)}, reasonIs("30003"), "「0」です"},

		"its passcode":          {[]map[string]answer{arrived("w", ad+`,{"body":"本文","passcode":{"code":"123456"}}`)}, passcodeIs("123456"), ""},
		"none":                  {[]map[string]answer{arrived("w", ad+`,{"body":"本文"}`)}, passcodeIs("なし"), ""},
		"none where one should": {[]map[string]answer{arrived("w", `{"body":"本文"}`)}, passcodeIs("123456"), "「なし」です"},
		"not arrived":           {[]map[string]answer{arrived("w", ad)}, passcodeIs("なし"), "SMSが届いていません"},
		"nobody knows":          {nil, passcodeIs("なし"), "control API: 500"},
		"its expiry": {[]map[string]answer{arrived("w", `{"body":"本文","passcode":{"code":"1","expires_at":"2026-11-24T10:10:00+09:00"}}`)},
			func(ctx context.Context) error { return integrator.ExpiryIs(ctx, "10:10:00") }, ""},
		"an expiry of no passcode": {[]map[string]answer{arrived("w", `{"body":"本文"}`)},
			func(ctx context.Context) error { return integrator.ExpiryIs(ctx, "10:10:00") }, "パスコードのあるSMSは届いていません"},

		"counted alike":     {[]map[string]answer{arrived("w", `{"body":"本文","segments":2}`), told(`{"num_segments":"2"}`)}, countsAs(2), ""},
		"counted otherwise": {[]map[string]answer{arrived("w", `{"body":"本文","segments":2}`), told(`{"num_segments":"1"}`)}, countsAs(2), "RESTの通数"},
		"counted wrongly":   {[]map[string]answer{arrived("w", `{"body":"本文","segments":1}`)}, countsAs(2), "2通分のはずが1通分です"},

		"in its world":                  {[]map[string]answer{arrived("w", `{"body":"本文"}`), arrived("default", ad)}, landsIn("自社システム"), ""},
		"elsewhere":                     {[]map[string]answer{arrived("w", ad), arrived("default", `{"body":"本文"}`)}, landsIn("自社システム"), "のワールドに届いていません"},
		"in both":                       {[]map[string]answer{arrived("w", `{"body":"本文"}`), arrived("default", `{"body":"本文"}`)}, landsIn("既定"), "のほかにも届いています"},
		"in whichever":                  {nil, landsIn("よその国"), "there is no world of 「よその国」"},
		"elsewhere, which nobody knows": {[]map[string]answer{arrived("w", `{"body":"本文"}`)}, landsIn("自社システム"), "control API: 500"},
	} {
		p := &providers{answers: map[string]answer{"POST Messages.json": {http.StatusCreated, created}}}
		for _, some := range test.answers {
			for of, a := range some {
				p.answers[of] = a
			}
		}
		ctx := before(t, p)
		expect(t, name, all(func() error { return integrator.Texts(ctx, "REST", hanako, "本文") }, func() error { return test.do(ctx) }), test.want)
	}
}

func statusIs(want string) func(context.Context) error {
	return func(ctx context.Context) error { return integrator.StatusIs(ctx, want) }
}

func reasonIs(want string) func(context.Context) error {
	return func(ctx context.Context) error { return integrator.ReasonIs(ctx, want) }
}

func passcodeIs(want string) func(context.Context) error {
	return func(ctx context.Context) error { return integrator.PasscodeIs(ctx, want) }
}

func countsAs(want int) func(context.Context) error {
	return func(ctx context.Context) error { return integrator.CountsAs(ctx, want) }
}

func landsIn(want string) func(context.Context) error {
	return func(ctx context.Context) error { return integrator.LandsIn(ctx, want) }
}

func TestWhatRESTDoesNotHave(t *testing.T) {
	for name, test := range map[string]struct {
		answer         answer
		refused, named string
	}{
		"refused by a number": {answer{http.StatusNotFound, `{"code":20404,"message":"Calls is not modelled"}`}, "20404", "Calls"},
		"refused by a page":   {answer{http.StatusNotFound, `<h1>Not Found</h1>`}, "404", "Not Found"},
		"a failure":           {answer{http.StatusInternalServerError, ``}, "500", ""},
		"there after all":     {answer{http.StatusOK, `{"calls":[]}`}, "", "calls"},
	} {
		ctx := before(t, &providers{answers: map[string]answer{"GET Calls.json": test.answer}})
		expect(t, name, all(
			func() error { return integrator.AsksFor(ctx, "Calls") },
			func() error { return integrator.IsRefused(ctx, test.refused) },
			func() error { return integrator.IsNamed(ctx, test.named) },
		), "")
	}
}

func TestAnSMSForLater(t *testing.T) {
	for span, want := range map[string]string{"1時間": "2026-11-24T02:00:00Z", "5分30秒": "2026-11-24T01:05:30Z", "5m": "", "いつか": ""} {
		p := &providers{answers: map[string]answer{
			"GET w/clock": {body: `{"now":"2026-11-24T10:00:00+09:00"}`}, "POST Messages.json": {http.StatusCreated, created},
			"POST Messages/SM1.json": {http.StatusConflict, `{"code":30409}`},
		}}
		ctx := before(t, p)
		err := integrator.TextsLater(ctx, hanako, span)
		if want == "" {
			expect(t, span, err, "no length of time")
			continue
		}
		expect(t, span, err, "")
		if got := p.forms[len(p.forms)-1].Get("SendAt"); got != want {
			t.Errorf("%s: it is to be sent at %s, want %s", span, got, want)
		}
		expect(t, "taken back too late", all(func() error { return integrator.TakesBack(ctx) }, func() error { return integrator.IsRefused(ctx, "30409") }), "")
	}
}

func TestHowAnSMSBySMPPIsRefusedAndReported(t *testing.T) {
	const delivered = "id:1 sub:001 dlvrd:001 submit date:2611241000 done date:2611241001 stat:DELIVRD err:000 text:x"
	for name, test := range map[string]struct {
		smpp func(*pdu.SubmitSM) []pdu.PDU
		do   func(context.Context) error
		want string
	}{
		"taken": {func(m *pdu.SubmitSM) []pdu.PDU { return []pdu.PDU{response(m, data.ESME_ROK)} }, integrator.IsTaken, ""},
		"refused": {func(m *pdu.SubmitSM) []pdu.PDU { return []pdu.PDU{response(m, data.ESME_RTHROTTLED)} },
			refusedBy(data.ESME_RTHROTTLED.String()), ""},
		"not taken for taken": {func(m *pdu.SubmitSM) []pdu.PDU { return []pdu.PDU{response(m, data.ESME_RTHROTTLED)} }, integrator.IsTaken, "断られた理由"},
		"not answered":        {func(*pdu.SubmitSM) []pdu.PDU { return nil }, refusedBy("応答なし"), ""},
		"answered to another": {func(m *pdu.SubmitSM) []pdu.PDU {
			other := response(m, data.ESME_ROK)
			other.SetSequenceNumber(m.GetSequenceNumber() + 1000)
			return []pdu.PDU{other}
		}, refusedBy("応答なし"), ""},
		"reported before it is answered": {func(m *pdu.SubmitSM) []pdu.PDU {
			return []pdu.PDU{receipt(t, delivered), response(m, data.ESME_ROK)}
		}, reported("2026-11-24 10:01", "配信済み"), ""},
		"reported as something else": {func(m *pdu.SubmitSM) []pdu.PDU {
			return []pdu.PDU{response(m, data.ESME_ROK), receipt(t, delivered)}
		}, reported("2026-11-24 10:01", "期限切れ"), "「期限切れ」のはずが、報告は id:1"},
		"reported at another time": {func(m *pdu.SubmitSM) []pdu.PDU {
			return []pdu.PDU{response(m, data.ESME_ROK), receipt(t, delivered)}
		}, reported("2026-11-24 10:02", "配信済み"), "報告は"},
		"reported as no word has it": {func(m *pdu.SubmitSM) []pdu.PDU {
			return []pdu.PDU{response(m, data.ESME_ROK), receipt(t, delivered)}
		}, reported("2026-11-24 10:01", "行方不明"), "報告は"},
		"accepted when its report says": {func(m *pdu.SubmitSM) []pdu.PDU {
			return []pdu.PDU{response(m, data.ESME_ROK), receipt(t, delivered)}
		}, accepted("2026-11-24 10:00"), ""},
		"accepted at another time": {func(m *pdu.SubmitSM) []pdu.PDU {
			return []pdu.PDU{response(m, data.ESME_ROK), receipt(t, delivered)}
		}, accepted("2026-11-24 10:01"), "受付は「2026-11-24 10:01」のはずが、報告は id:1"},
		"the reason": {func(m *pdu.SubmitSM) []pdu.PDU {
			return []pdu.PDU{response(m, data.ESME_ROK), receipt(t, delivered)}
		}, reasonIs("000"), ""},
		"a part of the reason": {func(m *pdu.SubmitSM) []pdu.PDU {
			return []pdu.PDU{response(m, data.ESME_ROK), receipt(t, delivered)}
		}, reasonIs("00"), "理由は「00」のはずが"},
	} {
		ctx := before(t, &providers{smpp: test.smpp})
		expect(t, name, all(func() error { return integrator.Texts(ctx, "SMPP", hanako, "x") }, func() error { return test.do(ctx) }), test.want)
	}
	expect(t, "a report of nothing", integrator.IsReported(before(t, &providers{}), "2026-11-24 10:01", "配信済み"), "何も送っていません")
	expect(t, "nothing accepted", integrator.WasAcceptedAt(before(t, &providers{}), "2026-11-24 10:01"), "何も送っていません")
	expect(t, "a reason of nothing", integrator.ReasonIs(before(t, &providers{}), "000"), "SMSは送っていません")
}

func refusedBy(with string) func(context.Context) error {
	return func(ctx context.Context) error { return integrator.IsRefused(ctx, with) }
}

// accepted reads when an SMS was, out of the report of its delivery.
func accepted(at string) func(context.Context) error {
	return func(ctx context.Context) error {
		return all(func() error { return integrator.IsReported(ctx, "2026-11-24 10:01", "配信済み") },
			func() error { return integrator.WasAcceptedAt(ctx, at) })
	}
}

func reported(at, outcome string) func(context.Context) error {
	return func(ctx context.Context) error { return integrator.IsReported(ctx, at, outcome) }
}

func TestALongSMSIsRefusedWithOneOfItsParts(t *testing.T) {
	parts := 0
	ctx := before(t, &providers{smpp: func(m *pdu.SubmitSM) []pdu.PDU {
		if parts++; parts == 2 {
			return []pdu.PDU{response(m, data.ESME_RMSGQFUL)}
		}
		return []pdu.PDU{response(m, data.ESME_ROK)}
	}})
	expect(t, "sent", integrator.Texts(ctx, "SMPP", hanako, strings.Repeat("長", 150)), "")
	expect(t, "refused", integrator.IsRefused(ctx, data.ESME_RMSGQFUL.String()), "")
	if parts != 2 {
		t.Errorf("%d parts were sent", parts)
	}
}

func TestWithoutABackendNothingIsKnown(t *testing.T) {
	expect(t, "no backend", integrator.IsTaken(actor.Enter(t.Context(), &actor.Scene{})), "no backend")
	expect(t, "no scene", integrator.IsTaken(integrator.Enter(t.Context(), &integrator.Backend{})), "no scene")
}
