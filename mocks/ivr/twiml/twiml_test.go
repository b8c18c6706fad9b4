package twiml_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/twiml"
)

func TestADocumentIsAScript(t *testing.T) {
	got, err := twiml.Parse([]byte(`<?xml version="1.0" encoding="UTF-8"?>
<!-- a menu -->
<Response>
  <Say language="ja-JP" voice="Polly.Mizuki" loop="2">お電話
     ありがとうございます</Say>
  <Pause length="2"/>
  <Gather input="dtmf" numDigits="4" timeout="7" finishOnKey="*" action="/digits?step=2" method="POST"><Say>番号を &amp; どうぞ</Say><Pause/></Gather>
  <Play>https://example.com/a.wav</Play>
  <Redirect method="POST"> /heard?a=1&amp;b=2 </Redirect>
  <Hangup/>
  <Redirect method="POST">/next?step=3</Redirect>
</Response>
`))
	if err != nil {
		t.Fatal(err)
	}
	say := ivr.Verb{Kind: ivr.Say, Text: "お電話 ありがとうございます"}
	want := []ivr.Verb{say, say, {Kind: ivr.Pause, Length: 2 * time.Second},
		{Kind: ivr.GatherKeys, Gather: &ivr.Gather{
			Prompts: []ivr.Verb{{Kind: ivr.Say, Text: "番号を & どうぞ"}, {Kind: ivr.Pause, Length: time.Second}},
			Keys:    ivr.Keys{Max: 4, Finish: "*", Timeout: 7 * time.Second}, Action: "/digits?step=2"}},
		{Kind: ivr.Play, Text: "https://example.com/a.wav"},
		{Kind: ivr.Redirect, Text: "/heard?a=1&b=2"}, {Kind: ivr.HangUp},
		{Kind: ivr.Redirect, Text: "/next?step=3"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("script (-want +got):\n%s", diff)
	}
	if got, err := twiml.Parse([]byte(`<Response/>`)); err != nil || len(got) != 0 {
		t.Errorf("nothing to say: %v, %v", got, err)
	}
}

func TestWhatIsNotTaken(t *testing.T) {
	for name, document := range map[string]string{
		"nothing":                 ``,
		"no XML":                  `hello`,
		"cut short":               `<Response><Say>もし`,
		"cut short in a gather":   `<Response><Gather>`,
		"another root":            `<Answer/>`,
		"two roots":               `<Response/><Response/>`,
		"text after the end":      `<Response/>bye`,
		"text outside of a verb":  `<Response>もしもし</Response>`,
		"a redirect to nowhere":   `<Response><Redirect/></Response>`,
		"a redirect in a gather":  `<Response><Gather><Redirect>/next</Redirect></Gather></Response>`,
		"an unknown verb":         `<Response><Record/></Response>`,
		"a say of nothing":        `<Response><Say> </Say></Response>`,
		"a say that is too long":  `<Response><Say>` + strings.Repeat("a", twiml.MaxText+1) + `</Say></Response>`,
		"a pause of an hour":      `<Response><Pause length="3600"/></Response>`,
		"a pause with text":       `<Response><Pause>1</Pause></Response>`,
		"an endless loop":         `<Response><Say loop="0">a</Say></Response>`,
		"too many in loops":       `<Response>` + strings.Repeat(`<Say loop="51">a</Say>`, 2) + `</Response>`,
		"too many verbs":          `<Response>` + strings.Repeat(`<Hangup/>`, twiml.MaxVerbs+1) + `</Response>`,
		"too many inside":         `<Response><Gather>` + strings.Repeat(`<Pause/>`, twiml.MaxVerbs+1) + `</Gather></Response>`,
		"a gather in a gather":    `<Response><Gather><Gather/></Gather></Response>`,
		"speech":                  `<Response><Gather input="speech"/></Response>`,
		"two keys to finish":      `<Response><Gather finishOnKey="#*"/></Response>`,
		"digits without end":      `<Response><Gather numDigits="1000"/></Response>`,
		"a document type":         `<!DOCTYPE a [<!ENTITY b "c">]><Response><Say>&b;</Say></Response>`,
		"an entity nobody knows":  `<Response><Say>&b;</Say></Response>`,
		"longer than it may be":   `<Response>` + strings.Repeat(" ", twiml.MaxDocument) + `</Response>`,
		"another character set":   `<?xml version="1.0" encoding="Shift_JIS"?><Response/>`,
		"what is no UTF-8":        "<Response><Say>\xff\xfe</Say></Response>",
		"an end that was no open": `</Response>`,
	} {
		if script, err := twiml.Parse([]byte(document)); !errors.Is(err, twiml.ErrDocument) {
			t.Errorf("%s: %v, %v", name, script, err)
		}
	}
}

// TestSayIsSpokenAsItStandsAndWhatIsUnknownIsLeftOut follows Twilio's documents on
// SSML in Say, and its warning 12200.
func TestSayIsSpokenAsItStandsAndWhatIsUnknownIsLeftOut(t *testing.T) {
	say := func(text string) ivr.Verb { return ivr.Verb{Kind: ivr.Say, Text: text} }
	for name, tt := range map[string]struct {
		document string
		want     []ivr.Verb
	}{
		"elements of SSML": {`<Response><Say language="ja-JP" voice="Polly.Mizuki">番号は<say-as interpret-as="digits">482913</say-as><break time="1s"/>で<prosody rate="slow"><emphasis>す</emphasis></prosody></Say></Response>`,
			[]ivr.Verb{say("番号は482913 です")}},
		"a word said otherwise": {`<Response><Say><sub alias="セゾン">SAISON<w>x</w></sub>カード</Say></Response>`, []ivr.Verb{say("セゾンカード")}},
		"a byte-order mark":     {"\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Response><Say>a</Say></Response>", []ivr.Verb{say("a")}},
		"entities":              {`<Response><Say>&lt;&#x3042;&#12356;&amp;&quot;</Say></Response>`, []ivr.Verb{say(`<あい&"`)}},
		"CDATA":                 {`<Response><Say><![CDATA[a < b]]></Say></Response>`, []ivr.Verb{say("a < b")}},
		// instedd/verboice 779
		"a quotation mark of print": {"<Response><Say>you\u2019re informed</Say></Response>", []ivr.Verb{say("you\u2019re informed")}},
		"a redirect by GET":         {`<Response><Redirect method="get">/n?a=b</Redirect></Response>`, []ivr.Verb{{Kind: ivr.Redirect, Text: "GET /n?a=b"}}},
		"a gather by GET": {`<Response><Gather numDigits="1" method="GET" action="/g" actionOnEmptyResult="true"/></Response>`,
			[]ivr.Verb{{Kind: ivr.GatherKeys, Gather: &ivr.Gather{Action: "GET /g", Empty: true, Prompts: []ivr.Verb{},
				Keys: ivr.Keys{Max: 1, Finish: "#", Timeout: 5 * time.Second}}}}},
		"a verb nobody knows":    {`<Response><Sing><Say>la</Say></Sing><Say>a</Say></Response>`, []ivr.Verb{{Kind: ivr.Note, Text: "<Sing> is no verb, and is left out (12200)"}, say("a")}},
		"an attribute of nobody": {`<Response><Say pitch="9">a</Say></Response>`, []ivr.Verb{{Kind: ivr.Note, Text: "the attribute pitch of <Say> is none, and is left out (12200)"}, say("a")}},
	} {
		got, err := twiml.Parse([]byte(tt.document))
		if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
	for document, want := range map[string]string{
		"\n<?xml version=\"1.0\"?><Response/>":          "xml",  // twilio/OpenVBX 196, twilio/twilio-php 808
		"itted successfully!":                           "text", // jpf/TwilioSheet 1
		`<Response><Gather input="speech"/></Response>`: "speech is not heard here", `<Response><Dial>1</Dial></Response>`: "<Dial> is not modelled"} {
		if _, err := twiml.Parse([]byte(document)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", document, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(
		[]byte(
			`<?xml version="1.0"?><Response><Say loop="2">a</Say><Gather numDigits="4"><Pause length="2"/></Gather><Hangup/></Response>`,
		),
	)
	f.Add([]byte(`<Response><Play>&amp;</Play>`))
	f.Add(
		[]byte(
			`<Response><Say>a<say-as>1</say-as><break/><sub alias="b">c</sub></Say><Sing/><Gather method="GET" input="dtmf speech"/></Response>`,
		),
	)
	f.Fuzz(func(t *testing.T, document []byte) {
		script, err := twiml.Parse(document)
		if err == nil && script == nil {
			t.Error("neither a script nor an error")
		}
		if len(script) > twiml.MaxVerbs {
			t.Errorf("%d verbs", len(script))
		}
	})
}
