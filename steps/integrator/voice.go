package integrator

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"example.com/netanswer/client"
)

// A hook is the backend's voice webhook: it answers every call with one sentence.
type hook struct {
	server   *http.Server
	address  string
	says     string
	document string // answered instead, if it is not empty

	mu            sync.Mutex
	from          string // the caller of the last call, as it was told
	digits, ended string // the keys that were pressed, and how the call ended, as it was told
	asked, signed int    // how often it was asked, and by requests that were signed
}

// ServeHTTP implements http.Handler.
func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	h.from = r.PostFormValue("From")
	address := h.address
	if r.URL.Path == "/ended" {
		address = h.desk()
		h.ended = r.PostFormValue("CallStatus")
	}
	pressed := r.PostFormValue("Digits")
	if pressed != "" {
		h.digits = pressed
	}
	if h.asked++; signed(r, address) {
		h.signed++
	}
	h.mu.Unlock()
	document := struct {
		XMLName xml.Name `xml:"Response"`
		Say     string
	}{Say: h.says}
	w.Header().Set("Content-Type", "text/xml")
	if h.document != "" && pressed == "" { // keys are asked for once
		_, _ = io.WriteString(w, h.document) // a caller who is gone shows in what is heard
		return
	}
	_ = xml.NewEncoder(w).Encode(document) // a caller who is gone shows in what is heard
}

// desk is where the end of a call is told.
func (h *hook) desk() string { return strings.TrimSuffix(h.address, "/voice") + "/ended" }

// AnswersCalls lets the backend decide what callers hear: this sentence.
func AnswersCalls(ctx context.Context, sentence string) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	l, address, err := b.listen()
	if err != nil {
		return err
	}
	b.hook = &hook{says: sentence, address: "http://" + address + "/voice"}
	b.hook.server = &http.Server{Handler: b.hook, ReadHeaderTimeout: timeout}
	go func() { _ = b.hook.server.Serve(l) }() // it ends with Leave
	return b.Controls.SetVoice(ctx, s.World.Name, client.Voice{URL: b.hook.address, AuthToken: token, StatusCallback: b.hook.desk()})
}

// IsTold expects the number of the last caller as the backend was told it.
func IsTold(ctx context.Context, want string) error {
	b, _, err := in(ctx)
	if err != nil {
		return err
	}
	if b.hook == nil {
		return errors.New("自社システムは電話に出ていません")
	}
	b.hook.mu.Lock()
	defer b.hook.mu.Unlock()
	return equal("知らされた番号", want, b.hook.from)
}

// lastCall is the newest call of the scene's world.
func lastCall(ctx context.Context) (client.Call, error) {
	b, s, err := in(ctx)
	if err != nil {
		return client.Call{}, err
	}
	calls, err := b.Controls.Calls(ctx, s.World.Name)
	if err != nil {
		return client.Call{}, err
	}
	if len(calls) == 0 {
		return client.Call{}, errors.New("電話の記録がありません")
	}
	return calls[len(calls)-1], nil
}

// WasSaid expects a sentence on the line of the last call.
func WasSaid(ctx context.Context, want string) error {
	c, err := lastCall(ctx)
	if err != nil {
		return err
	}
	var said []string
	for _, leg := range c.Transcript {
		if leg.What == "say" || leg.What == "said" {
			said = append(said, leg.Says)
		}
	}
	if !slices.Contains(said, want) {
		return fmt.Errorf("電話で「%s」のはずが「%s」と聞こえました", want, strings.Join(said, "」「"))
	}
	return nil
}

// heards are how far a call was heard, in words.
var heards = map[string]bool{"最後まで聞いた": true, "途中で切った": false}

// ending is how a call ended, in the words of heards.
func ending(c client.Call) string {
	switch {
	case c.EndedAt.IsZero():
		return "まだつながっている"
	case c.HeardAll:
		return "最後まで聞いた"
	}
	return "途中で切った"
}

// IsRecordedAs expects how far the last call was heard.
func IsRecordedAs(ctx context.Context, want string) error {
	all, ok := heards[want]
	if !ok {
		return fmt.Errorf("there is no 「%s」", want)
	}
	c, err := lastCall(ctx)
	if err != nil {
		return err
	}
	if c.HeardAll != all || c.EndedAt.IsZero() {
		return fmt.Errorf("電話の記録は「%s」のはずが「%s」です", want, ending(c))
	}
	return nil
}

// Presses calls from the telephone on file and presses keys when it is asked for some.
func Presses(ctx context.Context, name, keys string) error {
	b, s, p, err := about(ctx, name)
	if err != nil {
		return err
	}
	_, err = b.Controls.PlaceCall(ctx, s.World.Name, client.Dial{From: p.Phone, Listen: "all", Digits: []string{keys}})
	return err
}

// IsToldKeys expects the keys that were pressed, and IsToldEnd how the call ended, as
// the backend was told.
func IsToldKeys(ctx context.Context, want string) error {
	return isTold(ctx, "知らされたキー", want, func(h *hook) string { return h.digits })
}

func IsToldEnd(ctx context.Context, want string) error {
	return isTold(ctx, "知らされた電話の終わり", want, func(h *hook) string { return h.ended })
}

func isTold(ctx context.Context, what, want string, of func(*hook) string) error {
	b, _, err := in(ctx)
	if err != nil {
		return err
	}
	if b.hook == nil {
		return errors.New("自社システムは電話に出ていません")
	}
	b.hook.mu.Lock()
	defer b.hook.mu.Unlock()
	return equal(what, want, of(b.hook))
}

// HasCalls expects so many calls from a number, however it is written.
func HasCalls(ctx context.Context, number string, want int) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	found, err := b.Controls.CallsFrom(ctx, s.World.Name, number)
	if err == nil && len(found) != want {
		err = fmt.Errorf("「%s」からの電話は%d件のはずが%d件です", number, want, len(found))
	}
	return err
}
