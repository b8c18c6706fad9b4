package console

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

// A formError is why a form could not be carried out, in words for its reader.
type formError struct {
	text   string
	fields map[string]string // what is wrong with which field, where that can be told
	given  url.Values        // what was entered
}

func (e formError) Error() string { return e.text }

// forms puts on mux what the pages' forms ask for. Each carries out one thing
// and goes back to where it was asked; the whole console works by them alone.
func (f handler) forms(mux *http.ServeMux) {
	for path, execute := range map[string]func(ctx context.Context, name string, form url.Values) error{
		"clock": f.clockForm, "policy": f.policyForm, "texts": f.textForm, "undo": f.undoForm, "members": f.memberForm, "calls": f.callForm,
		"forget": f.forgetForm,
		"faults": f.faultForm, "defects": f.defectForm, "snapshots": f.snapshotForm,
	} {
		mux.HandleFunc("POST /worlds/{world}/"+path, func(w http.ResponseWriter, r *http.Request) {
			if f.executed(w, r, execute) {
				http.Redirect(w, r, placeOf(r).String(), http.StatusSeeOther)
			}
		})
	}
	f.snapshotPages(mux)
	mux.HandleFunc("POST /worlds/{world}/begin", f.beginForm)
	mux.HandleFunc("POST /worlds/{world}/delete", func(w http.ResponseWriter, r *http.Request) {
		if f.executed(w, r, func(ctx context.Context, name string, _ url.Values) error {
			return f.control.Delete(ctx, name)
		}) {
			http.Redirect(w, r, "/worlds?"+url.Values{keyGone: {r.PathValue("world")}}.Encode(), http.StatusSeeOther)
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
	return f.told(w, r, execute(r.Context(), r.PathValue("world"), r.PostForm))
}

// told tells whether a form could be carried out; if not, it has returned the
// page that says why.
func (f handler) told(w http.ResponseWriter, r *http.Request, err error) bool {
	var told formError
	switch {
	case err == nil:
		return true
	case errors.As(err, &told):
		f.page(w, r, http.StatusUnprocessableEntity, told)
	default:
		p := middleware.Trouble(err) // panics where the failure is ours
		f.page(w, r, p.Status, formError{text: "できませんでした。" + strings.TrimPrefix(p.Detail, world.ErrRequest.Error()+": ")})
	}
	return false
}

func (f handler) forgetForm(ctx context.Context, name string, form url.Values) error {
	switch form.Get("what") {
	case "sms":
		return f.control.ForgetSMS(ctx, name, form.Get("to"))
	case "mail":
		return f.control.ForgetMail(ctx, name, form.Get("to"))
	}
	return formError{text: "消すものが選ばれていません。"}
}
