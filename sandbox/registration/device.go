package registration

import "time"

// A Device is the kind of smartphone that the app runs on. It decides the
// store the app comes from (p6) and the wallet that is offered (p18-2).
type Device string

// The devices.
const (
	IPhone  Device = "iphone"
	Android Device = "android"
)

// Known tells whether d is a device there is.
func (d Device) Known() bool { return d == IPhone || d == Android }

// Wallet is the service that keeps cards on the device (p18-2), as it is named
// on the wire; "" for no device.
func (d Device) Wallet() string {
	switch d {
	case IPhone:
		return "apple_pay"
	case Android:
		return "google_pay"
	}
	return ""
}

// The card companies that the app offers (p10-1). The guide chooses セゾンカード;
// the registration of any other is outside the sandbox.
const (
	CompanySaison = "saison"
	CompanyOther  = "other"
)

// StartApp returns a new registration in the app, at its first step: on a
// device, for a card of a company (p10-1, p11-1).
func StartApp(id, formToken, company string, d Device, now time.Time) (Registration, error) {
	var errs Errors
	if !d.Known() {
		errs.add(FieldDevice, "device_unknown", "error.device_unknown")
	}
	switch company {
	case CompanySaison:
	case "":
		errs.add(FieldCompany, "required", "error.company_required")
	case CompanyOther:
		errs.add(FieldCompany, "company_elsewhere", "error.company_elsewhere")
	default:
		errs.add(FieldCompany, "company_unknown", "error.company_required")
	}
	if err := errs.Err(); err != nil {
		return Registration{}, err
	}
	return Registration{ID: id, Channel: App, Device: d, State: AwaitCard, StartedAt: now, TouchedAt: now, FormToken: formToken}, nil
}
