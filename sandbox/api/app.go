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

// AppRegistration is a registration in the app as the app sees it. It holds
// nothing that the screen of its state does not show.
type AppRegistration struct {
	ID            string         `json:"id" example:"reg-4kq3…" doc:"keep it secret: whoever knows it can go on. Kept on the device, it goes on after the app was left or restarted"`
	Device        string         `json:"device" enum:"iphone,android"`
	State         string         `json:"state" enum:"card,destination,passcode,pin,email,password,terms,completed,expired,locked,unavailable" doc:"the screen to show"`
	Reason        string         `json:"reason,omitempty" enum:"passcode,pin,idle,superseded" doc:"why it ended, where state is expired or locked"`
	Message       string         `json:"message,omitempty" doc:"the sentence of the screen's state, for the member"`
	ExpiresAt     *time.Time     `json:"expires_at,omitempty" doc:"when it ends if nothing is done"`
	Card          *AppCard       `json:"card,omitempty" doc:"what was entered of the card, masked; before the identity check"`
	Destination   *Destination   `json:"destination,omitempty" doc:"in the state destination"`
	IdentityCheck *IdentityCheck `json:"identity_check,omitempty" doc:"in the state passcode"`
	Email         string         `json:"email,omitempty" doc:"in the states password and terms, and in email after going back"`
	Anew          bool           `json:"anew,omitempty" doc:"in the state terms: the card is registered already and will be registered anew; show the message"`
	NetAnswerID   string         `json:"net_answer_id,omitempty" doc:"in the state completed"`
	Screen        screen.Screen  `json:"screen" doc:"what the member sees and can do"`
}

// AppCard is what was entered of the card.
type AppCard struct {
	CardNumber string `json:"card_number" example:"4242-42**-****-017"`
	Expiry     string `json:"expiry" example:"11/35"`
}

// Destination is where a passcode would go (p13).
type Destination struct {
	SMS   bool   `json:"sms" doc:"false where no telephone on file receives SMS: only the PIN is left"`
	Phone string `json:"phone,omitempty" example:"*****1001"`
}

// Once is the key with which a step is taken once, however often it is sent.
type Once struct {
	Key string `header:"Idempotency-Key" maxLength:"200" doc:"of the client's choosing, one for each step taken: sent again with the same key, the step is not taken again and comes to the same answer. A key belongs to one registration and operation. That something behind the service did not answer (503) is not kept, so the same key may be tried again. The newest 32 are kept"`
}

type appOutput struct{ Body AppRegistration }

type appStart struct {
	Once
	Body struct {
		Device      string `json:"device,omitempty" example:"iphone" doc:"iphone or android"`
		CardCompany string `json:"card_company,omitempty" example:"saison" doc:"saison; others are outside the sandbox"`
	}
}

// An AppID names the registration of a step.
type AppID struct {
	ID string `path:"id" maxLength:"64"`
}

type appStep struct {
	AppID
	Once
}

func (a appStep) step(ctx context.Context) world.AppStep {
	return world.AppStep{World: middleware.World(ctx), ID: a.ID, Key: a.Key}
}

type appBody[B any] struct {
	AppID
	Once
	Body B
}

func (a appBody[B]) step(ctx context.Context) world.AppStep {
	return appStep{a.AppID, a.Once}.step(ctx)
}

// The bodies of the steps.
type (
	AppCardForm struct {
		CardNumber   string `json:"card_number,omitempty" example:"4242 4200 0001 0017" doc:"spaces and hyphens mean nothing"`
		Expiry       string `json:"expiry,omitempty" example:"11/35" doc:"MM/YY as on the card"`
		SecurityCode string `json:"security_code,omitempty" example:"123"`
	}
	AppMethod struct {
		Method string `json:"method" enum:"sms,pin" doc:"sms sends the passcode, or goes back to the one on its way; pin goes on to the card's PIN"`
	}
	AppPasscode struct {
		Passcode string `json:"passcode,omitempty" example:"123456"`
	}
	AppPIN struct {
		PIN string `json:"pin,omitempty" example:"2580"`
	}
	AppEmail struct {
		Email string `json:"email,omitempty" example:"hanako@example.jp"`
	}
	AppPassword struct {
		Password string `json:"password,omitempty" example:"Secret-2026"`
	}
	AppTerms struct {
		TermsAgreed bool `json:"terms_agreed,omitempty" doc:"the member pressed 「規約に同意して登録」"`
	}
	AppBack struct {
		To string `json:"to" enum:"card,email,password" doc:"the earlier step; being there already is no error"`
	}
)

func (f handler) app(a huma.API) {
	const path, tag = "/api/app/registrations", "アプリ"
	register(a, http.MethodPost, path, "app-start", "アプリで新規登録・再登録を開始する (p10、p11)", tag, http.StatusCreated,
		func(ctx context.Context, in *appStart) (*appOutput, error) {
			step, err := f.byApp.Start(ctx, middleware.World(ctx), in.Key, in.Body.CardCompany, registration.Device(in.Body.Device))
			if err == nil && step.Refused != nil {
				return nil, refusal(
					step.Snapshot,
					step.Refused,
					screen.Company(step.Snapshot, in.Body.CardCompany, screen.Told{Refused: step.Refused}),
				)
			}
			return f.appAnswer(step, err)
		})
	register(a, http.MethodGet, path+"/{id}", "app-get", "いまの状態を見る（アプリを離れた後、起動しなおした後も） (p14)", tag, http.StatusOK,
		func(ctx context.Context, in *byID) (*appOutput, error) {
			return f.appAnswer(f.byApp.Registration(ctx, middleware.World(ctx), in.ID))
		})
	register(a, http.MethodPut, path+"/{id}/card", "app-card", "カード情報を送信する (p12)", tag, http.StatusOK,
		func(ctx context.Context, in *appBody[AppCardForm]) (*appOutput, error) {
			step, err := f.byApp.SubmitCard(ctx, in.step(ctx),
				registration.CardForm{CardNumber: in.Body.CardNumber, Expiry: in.Body.Expiry, SecurityCode: in.Body.SecurityCode})
			return f.appTold(
				step,
				err,
				screen.Told{Entered: map[string]string{"card_number": in.Body.CardNumber, "expiry": in.Body.Expiry}},
			)
		})
	register(a, http.MethodPost, path+"/{id}/identity-check", "app-identity-check", "送付先で「認証」を押す、または暗証番号を選ぶ (p13)", tag, http.StatusOK,
		func(ctx context.Context, in *appBody[AppMethod]) (*appOutput, error) {
			if in.Body.Method == string(registration.ByPIN) {
				return f.appAnswer(f.byApp.ChoosePIN(ctx, in.step(ctx)))
			}
			return f.appAnswer(f.byApp.RequestPasscode(ctx, in.step(ctx)))
		})
	register(a, http.MethodPost, path+"/{id}/passcode", "app-passcode", "ワンタイムパスコードで認証する (p14)", tag, http.StatusOK,
		func(ctx context.Context, in *appBody[AppPasscode]) (*appOutput, error) {
			return f.appAnswer(f.byApp.Enter(ctx, in.step(ctx), in.Body.Passcode))
		})
	register(a, http.MethodPost, path+"/{id}/passcode/reissue", "app-reissue", "ワンタイムパスコードを再発行する", tag, http.StatusOK,
		func(ctx context.Context, in *appStep) (*appOutput, error) {
			step, err := f.byApp.Reissue(ctx, in.step(ctx))
			return f.appTold(step, err, reissued(step, err, "app_passcode.reissued"))
		})
	register(a, http.MethodPost, path+"/{id}/pin", "app-pin", "カードの暗証番号で認証する (p13)", tag, http.StatusOK,
		func(ctx context.Context, in *appBody[AppPIN]) (*appOutput, error) {
			return f.appAnswer(f.byApp.EnterPIN(ctx, in.step(ctx), in.Body.PIN))
		})
	register(a, http.MethodPut, path+"/{id}/email", "app-email", "メールアドレスを設定する (p15)", tag, http.StatusOK,
		func(ctx context.Context, in *appBody[AppEmail]) (*appOutput, error) {
			step, err := f.byApp.SetEmail(ctx, in.step(ctx), in.Body.Email)
			return f.appTold(step, err, screen.Told{Entered: map[string]string{"email": in.Body.Email}})
		})
	register(a, http.MethodPut, path+"/{id}/password", "app-password", "Netアンサーパスワードを設定する (p16)", tag, http.StatusOK,
		func(ctx context.Context, in *appBody[AppPassword]) (*appOutput, error) {
			return f.appAnswer(f.byApp.SetPassword(ctx, in.step(ctx), in.Body.Password))
		})
	register(a, http.MethodPost, path+"/{id}/completion", "app-complete", "規約に同意して登録する (p17)", tag, http.StatusOK,
		func(ctx context.Context, in *appBody[AppTerms]) (*appOutput, error) {
			return f.appAnswer(f.byApp.Agree(ctx, in.step(ctx), in.Body.TermsAgreed))
		})
	register(a, http.MethodPost, path+"/{id}/back", "app-back", "前の手順へ戻る", tag, http.StatusOK,
		func(ctx context.Context, in *appBody[AppBack]) (*appOutput, error) {
			return f.appAnswer(f.byApp.Back(ctx, in.step(ctx), registration.State(in.Body.To)))
		})
}

// appAnswer writes a step as the wire has it.
func (f handler) appAnswer(step world.Step, err error) (*appOutput, error) {
	return f.appTold(step, err, screen.Told{})
}

func (f handler) appTold(step world.Step, err error, told screen.Told) (*appOutput, error) {
	if err != nil {
		return nil, f.trouble(err)
	}
	if step.Refused != nil {
		if step.Registration.ID == "" { // the world was made anew meanwhile
			return nil, refusal(step.Snapshot, step.Refused, screen.Company(step.Snapshot, "", screen.Told{Refused: step.Refused}))
		}
		return nil, refusal(step.Snapshot, step.Refused, f.described(step, told))
	}
	told.Entered = nil
	out := showApp(step.Snapshot, step.Registration)
	out.Screen = f.described(step, told)
	return &appOutput{Body: out}, nil
}

func showApp(m world.Snapshot, r registration.Registration) AppRegistration {
	out := AppRegistration{ID: r.ID, Device: string(r.Device), State: string(r.State), Reason: string(r.Reason)}
	if at := r.ExpiresAt(m.Policy); !at.IsZero() {
		out.ExpiresAt = &at
	}
	if a := r.Application; a.CardNumber != "" && r.IdentifiedAt.IsZero() {
		out.Card = &AppCard{
			CardNumber: registration.MaskNumber(m.Policy.CardMask, a.CardNumber),
			Expiry:     a.ExpiryMonth + "/" + a.ExpiryYear,
		}
	}
	switch r.State {
	case registration.AwaitCard, registration.AwaitPIN:
	case registration.CheckDestination:
		out.Destination = &Destination{SMS: registration.Mobile(r.Holder.Phone)}
		if out.Destination.SMS {
			out.Destination.Phone = registration.MaskDestination(m.Policy.DestinationMask, r.Holder.Phone)
		} else {
			out.Message = m.Say("app_destination.no_phone")
		}
	case registration.AwaitPasscode:
		out.IdentityCheck = identityCheck(m, r)
		out.Message = m.Say("app_passcode.destination", "destination", out.IdentityCheck.Destination)
	case registration.AwaitEmail, registration.AwaitPassword:
		out.Email = r.Application.EmailMobile
	case registration.AwaitTerms:
		out.Email = r.Application.EmailMobile
		if out.Anew = m.RegisteredBefore(r); out.Anew {
			out.Message = m.Say("app_terms.anew")
		}
	case registration.Completed:
		out.NetAnswerID = r.Application.NetAnswerID
		out.Message = m.Say("app_completed.net_answer_id", "net_answer_id", out.NetAnswerID)
	default: // an end: its sentence is that of doing anything to it
		for _, e := range middleware.Each(r.Ended()) {
			out.Message = m.Explain(e)
		}
	}
	return out
}
