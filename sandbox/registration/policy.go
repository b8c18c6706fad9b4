package registration

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Policy is every number of the guide and every choice it leaves open. A
// world may change each value; the rules read nothing else.
type Policy struct {
	PasscodeDigits          int      `yaml:"passcode_digits" json:"passcode_digits"`
	PasscodeLifetime        Duration `yaml:"passcode_lifetime" json:"passcode_lifetime"`
	PasscodeAttempts        int      `yaml:"passcode_attempts" json:"passcode_attempts"`
	PasscodeReissues        int      `yaml:"passcode_reissues" json:"passcode_reissues"`
	PasscodeReissueInterval Duration `yaml:"passcode_reissue_interval" json:"passcode_reissue_interval"`
	RegistrationIdle        Duration `yaml:"registration_idle" json:"registration_idle"`
	CallWindow              Duration `yaml:"call_window" json:"call_window"`
	FreeDialNumber          string   `yaml:"free_dial_number" json:"free_dial_number"`

	PINDigits          int      `yaml:"pin_digits" json:"pin_digits"`
	PINAttempts        int      `yaml:"pin_attempts" json:"pin_attempts"`
	AppInstallDuration Duration `yaml:"app_install_duration" json:"app_install_duration"`

	NetAnswerIDMin    int    `yaml:"net_answer_id_min" json:"net_answer_id_min"`
	NetAnswerIDMax    int    `yaml:"net_answer_id_max" json:"net_answer_id_max"`
	PasswordMin       int    `yaml:"password_min" json:"password_min"`
	PasswordMax       int    `yaml:"password_max" json:"password_max"`
	CredentialSymbols string `yaml:"credential_symbols" json:"credential_symbols"`

	PersonalDataInCredentials string `yaml:"personal_data_in_credentials" json:"personal_data_in_credentials" enum:"warn,refuse"`
	IDEqualPassword           string `yaml:"id_equal_password" json:"id_equal_password" enum:"refuse,allow"`
	SoftwareKeyboardShuffle   bool   `yaml:"software_keyboard_shuffle" json:"software_keyboard_shuffle"`

	SecurityCodeDigits     int `yaml:"security_code_digits" json:"security_code_digits"`
	SecurityCodeDigitsAmex int `yaml:"security_code_digits_amex" json:"security_code_digits_amex"`

	CardMask        string `yaml:"card_mask" json:"card_mask"`
	DestinationMask string `yaml:"destination_mask" json:"destination_mask"`
	PasswordMask    string `yaml:"password_mask" json:"password_mask"`

	LoginAttempts   int      `yaml:"login_attempts" json:"login_attempts"`
	LoginLock       Duration `yaml:"login_lock" json:"login_lock"`
	SessionLifetime Duration `yaml:"session_lifetime" json:"session_lifetime"`

	NewsletterDefault    bool `yaml:"newsletter_default" json:"newsletter_default"`
	ThreeDSecureEnrolled bool `yaml:"three_d_secure_enrolment" json:"three_d_secure_enrolment"`
}

// PolicyFields are the values of a policy by name, and what they are.
func PolicyFields() map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for f := range reflect.TypeFor[Policy]().Fields() {
		fields[f.Tag.Get("json")] = f.Type
	}
	return fields
}

// maskForm is a mask: digits shown are 0, digits hidden are *.
var maskForm = regexp.MustCompile(`^[0*-]+$`)

// A PolicyError is a value that a policy cannot have.
type PolicyError struct {
	Field  string // its name
	Reason string // in English, for programs and their logs
	Says   string // the same in Japanese, for pages
}

func (e *PolicyError) Error() string { return e.Field + ": " + e.Reason }

// PolicyErrors are the values that an error of a policy is about.
func PolicyErrors(err error) []*PolicyError {
	var all []*PolicyError
	var one *PolicyError
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, each := range joined.Unwrap() {
			all = append(all, PolicyErrors(each)...)
		}
	} else if one, ok = err.(*PolicyError); ok {
		all = append(all, one)
	} else if err != nil {
		all = PolicyErrors(errors.Unwrap(err))
	}
	return all
}

// Check returns what is wrong with the values, all at once: PolicyErrors.
func (p Policy) Check() error {
	var errs []error
	wrong := func(field, reason, says string) { errs = append(errs, &PolicyError{field, reason, says}) }
	between := func(field string, v, low, high int) {
		if v < low || v > high {
			wrong(field, fmt.Sprintf("%d is not between %d and %d", v, low, high), fmt.Sprintf("%dから%dまでの数にしてください。", low, high))
		}
	}
	lasting := func(field string, d Duration) {
		if d.Of() <= 0 || d.Of() > 365*24*time.Hour {
			wrong(field, fmt.Sprintf("%s is not between a moment and a year", d), "0より長く、365日までの長さにしてください。")
		}
	}
	oneOf := func(field, v string, choices ...string) {
		if !slices.Contains(choices, v) {
			wrong(field, fmt.Sprintf("%q is none of %s", v, strings.Join(choices, ", ")), strings.Join(choices, "、")+" のどれかにしてください。")
		}
	}
	between("passcode_digits", p.PasscodeDigits, 4, 10)
	lasting("passcode_lifetime", p.PasscodeLifetime)
	between("passcode_attempts", p.PasscodeAttempts, 1, 1000)
	between("passcode_reissues", p.PasscodeReissues, 0, 1000)
	if p.PasscodeReissueInterval < 0 {
		wrong("passcode_reissue_interval", "is negative", "0秒以上の長さにしてください。")
	}
	lasting("registration_idle", p.RegistrationIdle)
	lasting("call_window", p.CallWindow)
	if !strings.HasPrefix(p.FreeDialNumber, "0120-") || len(Digits(p.FreeDialNumber)) != 10 {
		wrong("free_dial_number", "want 0120- and six digits", "0120- のあとに6桁の数字を入れてください。")
	}
	between("pin_digits", p.PINDigits, 1, 12)
	between("pin_attempts", p.PINAttempts, 1, 1000)
	lasting("app_install_duration", p.AppInstallDuration)
	between("net_answer_id_min", p.NetAnswerIDMin, 1, p.NetAnswerIDMax)
	between("net_answer_id_max", p.NetAnswerIDMax, 1, 64)
	between("password_min", p.PasswordMin, 1, p.PasswordMax)
	between("password_max", p.PasswordMax, 1, 64)
	oneOf("personal_data_in_credentials", p.PersonalDataInCredentials, StanceWarn, StanceRefuse)
	oneOf("id_equal_password", p.IDEqualPassword, StanceRefuse, StanceAllow)
	between("security_code_digits", p.SecurityCodeDigits, 3, 4)
	between("security_code_digits_amex", p.SecurityCodeDigitsAmex, 3, 4)
	between("login_attempts", p.LoginAttempts, 1, 1000)
	lasting("login_lock", p.LoginLock)
	lasting("session_lifetime", p.SessionLifetime)
	if !maskForm.MatchString(p.CardMask) {
		wrong("card_mask", "may have 0, * and - only", "0（見せる）、*（伏せる）、- だけで書いてください。")
	}
	if !maskForm.MatchString(p.DestinationMask) {
		wrong("destination_mask", "may have 0, * and - only", "0（見せる）、*（伏せる）、- だけで書いてください。")
	}
	return errors.Join(errs...)
}
