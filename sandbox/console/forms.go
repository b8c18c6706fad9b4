package console

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

// A formError is why a form could not be carried out, in words for its reader.
type formError struct{ text string }

func (e formError) Error() string { return e.text }

// forms puts on mux what the pages' forms ask for. Each carries out one thing
// and goes back to where it was asked; the whole console works by them alone.
func (f handler) forms(mux *http.ServeMux) {
	for path, execute := range map[string]func(ctx context.Context, name string, form url.Values) error{
		"clock": f.clockForm, "policy": f.policyForm, "texts": f.textForm, "members": f.memberForm, "calls": f.callForm, "forget": f.forgetForm,
	} {
		mux.HandleFunc("POST /worlds/{world}/"+path, func(w http.ResponseWriter, r *http.Request) {
			if f.executed(w, r, execute) {
				http.Redirect(w, r, placeOf(r).String(), http.StatusSeeOther)
			}
		})
	}
	mux.HandleFunc("POST /worlds/{world}/delete", func(w http.ResponseWriter, r *http.Request) {
		if f.executed(w, r, func(ctx context.Context, name string, _ url.Values) error {
			return f.service.Control().Delete(ctx, name)
		}) {
			http.Redirect(w, r, place{world: middleware.Default}.String(), http.StatusSeeOther)
		}
	})
}

// executed tells whether it worked; if not, it has returned the page and
// what is told of it.
func (f handler) executed(w http.ResponseWriter, r *http.Request, execute func(context.Context, string, url.Values) error) bool {
	if err := r.ParseForm(); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			f.sorry(w, http.StatusRequestEntityTooLarge, "送信された内容が大きすぎます", "一度に送れるのは"+strconv.FormatInt(tooLarge.Limit, 10)+"バイトまでです。")
			return false
		}
		f.sorry(w, http.StatusBadRequest, "送信された内容を読めません", "もう一度お試しください。")
		return false
	}
	err := execute(r.Context(), r.PathValue("world"), r.PostForm)
	var told formError
	switch {
	case err == nil:
		return true
	case errors.As(err, &told):
		f.page(w, r, http.StatusUnprocessableEntity, told.text)
	default:
		p := middleware.Trouble(err) // panics where the failure is ours
		f.page(w, r, p.Status, "できませんでした。"+strings.TrimPrefix(p.Detail, world.ErrRequest.Error()+": "))
	}
	return false
}

func (f handler) clockForm(ctx context.Context, name string, form url.Values) error {
	var move world.ClockMove
	if v := form.Get("now"); v != "" {
		t, err := parseInput(v)
		if err != nil {
			return formError{"日時を「2026-11-01T10:00:00」の形で入れてください。"}
		}
		move.Set = t
	}
	if v := form.Get("advance"); v != "" {
		d, err := time.ParseDuration(v)
		if err != nil {
			return formError{"進める時間を「9m59s」の形で入れてください。"}
		}
		move.Advance = d
	}
	if v := form.Get("running"); v != "" {
		running := v == "true"
		move.Running = &running
	}
	_, err := f.service.Control().Arrange(ctx, name, world.Setup{Clock: move})
	if errors.Is(err, clock.ErrRange) {
		return formError{"時計が示せるのは2000年から2099年までです。"}
	}
	return err
}

// parseInput reads what a datetime-local field sends; at a full minute it may
// leave the seconds out.
func parseInput(v string) (time.Time, error) {
	t, err := time.ParseInLocation(inputForm, v, clock.Japan)
	if err != nil {
		return time.ParseInLocation("2006-01-02T15:04", v, clock.Japan)
	}
	return t, nil
}

func (f handler) policyForm(ctx context.Context, name string, form url.Values) error {
	m, err := f.service.Snapshot(ctx, name)
	if err != nil {
		return err
	}
	patch, err := patchFrom(form, m.Policy)
	if err != nil {
		return formError{err.Error()}
	}
	if patch == nil {
		return nil
	}
	_, err = f.service.Control().Arrange(ctx, name, world.Setup{Policy: patch})
	if errors.Is(err, world.ErrRequest) {
		reason := strings.TrimPrefix(err.Error(), world.ErrRequest.Error()+": policy: ")
		return formError{"方針を変えられませんでした。\n" + inWords(reason)}
	}
	return err
}

func (f handler) textForm(ctx context.Context, name string, form url.Values) error {
	id, text := form.Get("id"), strings.ReplaceAll(form.Get("text"), "\r\n", "\n")
	if form.Get("restore") != "" || text == f.originals[id] {
		text = ""
	} else if text == "" {
		return formError{"文が空です。元の文にするには「元に戻す」を押してください。"}
	}
	_, err := f.service.Control().Arrange(ctx, name, world.Setup{Texts: map[string]string{id: text}})
	return err
}

func (f handler) memberForm(ctx context.Context, name string, form url.Values) error {
	count, err := strconv.Atoi(form.Get("count"))
	if err != nil || count < 1 || count > 10_000 {
		return formError{"生成する人数を1から10000までの数で入れてください。"}
	}
	_, err = f.service.Control().Generate(ctx, name, count)
	return err
}

func (f handler) forgetForm(ctx context.Context, name string, form url.Values) error {
	switch form.Get("what") {
	case "sms":
		return f.service.Control().ForgetSMS(ctx, name, form.Get("to"))
	case "mail":
		return f.service.Control().ForgetMail(ctx, name, form.Get("to"))
	}
	return formError{"消すものが選ばれていません。"}
}
