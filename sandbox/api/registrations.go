package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// Registration is a registration as a frontend sees it. It holds nothing that
// the screen of its state does not show.
type Registration struct {
	ID            string         `json:"id" example:"reg-4kq3…" doc:"keep it secret: whoever knows it can go on"`
	State         string         `json:"state" enum:"input,confirm,passcode,call,completed,expired,locked,unavailable" doc:"the screen to show"`
	Reason        string         `json:"reason,omitempty" enum:"passcode,call,idle,superseded" doc:"why it ended, where state is expired or locked"`
	Message       string         `json:"message,omitempty" doc:"the sentence of the screen's state, for the member"`
	ExpiresAt     *time.Time     `json:"expires_at,omitempty" doc:"when it ends if nothing is done"`
	Summary       *Summary       `json:"summary,omitempty" doc:"what was entered, masked; in the states input (after going back) and confirm"`
	Warnings      []Warning      `json:"warnings,omitempty" doc:"what the member should know of what was entered, though it was taken; in the state confirm"`
	IdentityCheck *IdentityCheck `json:"identity_check,omitempty" doc:"in the states passcode and call"`
	NetAnswerID   string         `json:"net_answer_id,omitempty" doc:"in the state completed"`
	Screen        screen.Screen  `json:"screen" doc:"what the member sees and can do"`
}

// Warning is something that was taken and had better be otherwise (p29-3).
type Warning struct {
	Field  string `json:"field" enum:"net_answer_id,password"`
	Code   string `json:"code" enum:"personal_data"`
	Detail string `json:"detail" doc:"as the member reads it"`
}

// Summary is what the confirmation shows (p33).
type Summary struct {
	CardNumber   string `json:"card_number" example:"4242-42**-****-017"`
	Expiry       string `json:"expiry" example:"11/35"`
	SecurityCode string `json:"security_code"`
	NetAnswerID  string `json:"net_answer_id"`
	Password     string `json:"password" example:"*****"`
	EmailPC      string `json:"email_pc,omitempty"`
	EmailMobile  string `json:"email_mobile,omitempty"`
	Newsletter   bool   `json:"newsletter"`
}

// IdentityCheck is what the passcode screen (p34) or the call screen (p35) shows.
type IdentityCheck struct {
	Method       string    `json:"method" enum:"sms,email,call"`
	Destination  string    `json:"destination" example:"*****1001" doc:"where the passcode went, or the telephone to call from"`
	ExpiresAt    time.Time `json:"expires_at" doc:"when the passcode expires, or when it is too late to call"`
	AttemptsLeft int       `json:"attempts_left,omitempty" doc:"with a passcode"`
	ReissuesLeft int       `json:"reissues_left,omitempty" doc:"with a passcode"`
	ReissueFrom  time.Time `json:"reissue_from,omitzero" doc:"with a passcode: when another can be asked for"`
	Number       string    `json:"number,omitempty" example:"0120-000111" doc:"with a call: the free-dial number"`
	Confirmed    bool      `json:"confirmed,omitempty" doc:"with a call: it was confirmed, and can be completed"`
}

// Form is the body of the registration form (p26-p31). Everything is text as
// the member wrote it; what is wrong with it is told field by field.
type Form struct {
	CardNumber           string `json:"card_number,omitempty" example:"4242420000010017" doc:"digits only, all boxes joined"`
	ExpiryMonth          string `json:"expiry_month,omitempty" example:"11"`
	ExpiryYear           string `json:"expiry_year,omitempty" example:"35"`
	SecurityCode         string `json:"security_code,omitempty" example:"123"`
	NetAnswerID          string `json:"net_answer_id,omitempty" example:"hana-2026"`
	Password             string `json:"password,omitempty" example:"Secret-2026"`
	PasswordConfirmation string `json:"password_confirmation,omitempty" example:"Secret-2026"`
	EmailPC              string `json:"email_pc,omitempty" example:"hanako@example.jp"`
	EmailMobile          string `json:"email_mobile,omitempty"`
	Newsletter           *bool  `json:"newsletter,omitempty" doc:"left out: as the form offers it at first"`
	TermsAgreed          bool   `json:"terms_agreed,omitempty" doc:"the member pressed 「規約に同意して確認画面に進む」"`
}

type byID struct {
	ID string `path:"id" maxLength:"64"`
}

type registrationOutput struct {
	Body Registration
}

type submitInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body Form
}

type passcodeInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Passcode string `json:"passcode,omitempty" example:"123456"`
	}
}

func (f handler) registrations(a huma.API) {
	const path, tag = "/api/registrations", "登録"
	register(a, http.MethodPost, path, "start-registration", "新規登録を開始する (p25)", tag, http.StatusCreated,
		func(ctx context.Context, _ *struct{}) (*registrationOutput, error) {
			return f.answer(f.byWeb.Start(ctx, middleware.World(ctx)))
		})
	register(a, http.MethodGet, path+"/{id}", "get-registration", "いまの状態を見る", tag, http.StatusOK,
		func(ctx context.Context, in *byID) (*registrationOutput, error) {
			return f.answer(f.byWeb.Registration(ctx, middleware.World(ctx), in.ID))
		})
	register(a, http.MethodPut, path+"/{id}/form", "submit-form", "入力内容を送信し、確認へ進む (p26-p31)", tag, http.StatusOK,
		func(ctx context.Context, in *submitInput) (*registrationOutput, error) {
			form, err := f.form(ctx, in.Body)
			if err != nil {
				return nil, f.trouble(err)
			}
			step, err := f.byWeb.Submit(ctx, middleware.World(ctx), in.ID, form)
			return f.told(step, err, screen.Told{Entered: written(in.Body, form)})
		})
	register(a, http.MethodPost, path+"/{id}/revision", "revise", "戻って修正する (p33)", tag, http.StatusOK,
		func(ctx context.Context, in *byID) (*registrationOutput, error) {
			return f.answer(f.byWeb.Revise(ctx, middleware.World(ctx), in.ID))
		})
	register(a, http.MethodPost, path+"/{id}/identity-check", "proceed", "ご本人様確認へ進む (p33、p34)", tag, http.StatusOK,
		func(ctx context.Context, in *byID) (*registrationOutput, error) {
			return f.answer(f.byWeb.Proceed(ctx, middleware.World(ctx), in.ID))
		})
	register(a, http.MethodPost, path+"/{id}/passcode", "enter-passcode", "ワンタイムパスコードで認証する (p34)", tag, http.StatusOK,
		func(ctx context.Context, in *passcodeInput) (*registrationOutput, error) {
			return f.answer(f.byWeb.Enter(ctx, middleware.World(ctx), in.ID, in.Body.Passcode))
		})
	register(a, http.MethodPost, path+"/{id}/passcode/reissue", "reissue-passcode", "ワンタイムパスコードを再発行する (p34)", tag, http.StatusOK,
		func(ctx context.Context, in *byID) (*registrationOutput, error) {
			step, err := f.byWeb.Reissue(ctx, middleware.World(ctx), in.ID)
			return f.told(step, err, reissued(step, err, "passcode.reissued"))
		})
	register(a, http.MethodPost, path+"/{id}/call/completion", "finish-call", "電話の後に認証を完了する (p35)", tag, http.StatusOK,
		func(ctx context.Context, in *byID) (*registrationOutput, error) {
			return f.answer(f.byWeb.Finish(ctx, middleware.World(ctx), in.ID))
		})
}

// register adds an operation whose errors are all Problems.
func register[I, O any](a huma.API, method, path, id, summary, tag string, status int, do func(context.Context, *I) (*O, error)) {
	huma.Register(a, huma.Operation{Method: method, Path: path, OperationID: id, Summary: summary, Tags: []string{tag},
		DefaultStatus: status, MaxBodyBytes: -1, // middleware.Bound bounds it
		Errors: []int{http.StatusBadRequest}}, do) // which it really can give, document says
}

func (f handler) form(ctx context.Context, b Form) (registration.Form, error) {
	form := registration.Form{CardNumber: b.CardNumber, ExpiryMonth: b.ExpiryMonth, ExpiryYear: b.ExpiryYear,
		SecurityCode: b.SecurityCode, NetAnswerID: b.NetAnswerID, Password: b.Password,
		PasswordConfirmation: b.PasswordConfirmation, EmailPC: b.EmailPC, EmailMobile: b.EmailMobile, TermsAgreed: b.TermsAgreed}
	if b.Newsletter != nil {
		form.Newsletter = *b.Newsletter
		return form, nil
	}
	m, err := f.byWeb.Snapshot(ctx, middleware.World(ctx))
	form.Newsletter = m.Policy.NewsletterDefault
	return form, err
}

// written is what stands in the fields again after a refusal: nothing that is
// secret.
func written(b Form, f registration.Form) map[string]string {
	again := map[string]string{"expiry_month": b.ExpiryMonth, "expiry_year": b.ExpiryYear, "net_answer_id": b.NetAnswerID,
		"email_pc": b.EmailPC, "email_mobile": b.EmailMobile}
	for i, box := range screen.Boxes(b.CardNumber) {
		again[screen.NumberFields[i]] = box
	}
	if f.Newsletter {
		again["newsletter"] = "yes"
	}
	screen.Secret(again, b.SecurityCode+b.Password+b.PasswordConfirmation != "", b.TermsAgreed)
	return again
}

// reissued is what there is to say after another passcode was sent.
func reissued(step world.Step, err error, text string) screen.Told {
	if err != nil || step.Refused != nil {
		return screen.Told{}
	}
	return screen.Told{Notices: []string{step.Snapshot.Say(text)}}
}

// answer writes a step as the wire has it, told what there is to say besides.
func (f handler) answer(step world.Step, err error) (*registrationOutput, error) {
	return f.told(step, err, screen.Told{})
}

func (f handler) told(step world.Step, err error, told screen.Told) (*registrationOutput, error) {
	if err != nil {
		return nil, f.trouble(err)
	}
	if step.Refused != nil {
		if told.Entered != nil && step.Registration.State == registration.Confirm {
			step.Registration.State = registration.Input // the form is shown again, as by the browser's back button
		} else if step.Registration.State != registration.Input {
			told.Entered = nil
		}
		return nil, refusal(step.Snapshot, step.Refused, f.described(step, told))
	}
	told.Entered = nil
	out := show(step.Snapshot, step.Registration)
	out.Screen = f.described(step, told)
	return &registrationOutput{Body: out}, nil
}

func show(m world.Snapshot, r registration.Registration) Registration {
	out := Registration{ID: r.ID, State: string(r.State), Reason: string(r.Reason)}
	if at := r.ExpiresAt(m.Policy); !at.IsZero() {
		out.ExpiresAt = &at
	}
	switch r.State {
	case registration.Input, registration.Confirm:
		if r.Application.CardNumber != "" {
			out.Summary = summary(m, r.Application)
		}
		if r.State == registration.Confirm {
			for _, w := range r.Application.Warnings() {
				out.Warnings = append(out.Warnings, Warning{Field: w.Field, Code: w.Code, Detail: m.Say(w.Text)})
			}
		}
	case registration.AwaitPasscode:
		out.IdentityCheck = identityCheck(m, r)
		out.Message = m.Say("passcode.destination", "destination", out.IdentityCheck.Destination)
	case registration.AwaitCall:
		out.IdentityCheck = &IdentityCheck{
			Method:      string(r.Method),
			Destination: registration.MaskDestination(m.Policy.DestinationMask, r.Destination()),
			ExpiresAt:   r.Call.Until,
			Number:      r.Call.Number,
			Confirmed:   !r.Call.ConfirmedAt.IsZero(),
		}
		if out.IdentityCheck.Confirmed {
			out.Message = m.Say("call.confirmed")
		}
	case registration.Completed:
		out.NetAnswerID = r.Application.NetAnswerID
		out.Message = m.Say("completed.net_answer_id", "net_answer_id", out.NetAnswerID)
	default: // an end: its sentence is that of doing anything to it
		for _, e := range middleware.Each(r.Ended()) {
			out.Message = m.Explain(e)
		}
	}
	return out
}

func summary(m world.Snapshot, a registration.Application) *Summary {
	return &Summary{CardNumber: registration.MaskNumber(m.Policy.CardMask, a.CardNumber), Expiry: a.ExpiryMonth + "/" + a.ExpiryYear,
		SecurityCode: a.SecurityCode, NetAnswerID: a.NetAnswerID, Password: m.Policy.PasswordMask,
		EmailPC: a.EmailPC, EmailMobile: a.EmailMobile, Newsletter: a.Newsletter}
}

func identityCheck(m world.Snapshot, r registration.Registration) *IdentityCheck {
	return &IdentityCheck{Method: string(r.Method), Destination: registration.MaskDestination(m.Policy.DestinationMask, r.Destination()),
		ExpiresAt: r.Passcode.ExpiresAt, AttemptsLeft: m.Policy.PasscodeAttempts - r.Attempts,
		ReissuesLeft: m.Policy.PasscodeReissues - r.Reissues, ReissueFrom: r.Passcode.IssuedAt.Add(m.Policy.PasscodeReissueInterval.Of())}
}
