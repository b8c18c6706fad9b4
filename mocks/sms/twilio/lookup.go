package twilio

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"example.com/netanswer/mocks/sms"
)

// A lookup is what Lookup v2 tells of a number
// (https://www.twilio.com/docs/lookup/v2-api).
type lookup struct {
	CallingCountryCode *string   `json:"calling_country_code"` // as those that follow, null of what cannot be a number
	CountryCode        *string   `json:"country_code"`
	PhoneNumber        string    `json:"phone_number"`
	NationalFormat     *string   `json:"national_format"`
	Valid              bool      `json:"valid"`
	ValidationErrors   []string  `json:"validation_errors"`
	LineType           *lineType `json:"line_type_intelligence"`
	CallerName         *struct{} `json:"caller_name"`
	SIMSwap            *struct{} `json:"sim_swap"`
	URL                string    `json:"url"`
}

type lineType struct {
	Type         string  `json:"type"`
	CarrierName  *string `json:"carrier_name"`
	CountryCode  *string `json:"mobile_country_code"`
	NetworkCode  *string `json:"mobile_network_code"`
	ErrorCode    *int    `json:"error_code"`
	ErrorMessage *string `json:"error_message"`
}

// lookUp is GET PhoneNumbers/{number}: whether it can be one, and with Fields what
// line it has. A number without a + is one of CountryCode, or of the United States.
// Nobody knows whose it is: the world is not asked.
func (f handler) lookUp(w http.ResponseWriter, r *http.Request, _ caller) {
	number := r.PathValue("number")
	fields := strings.FieldsFunc(r.URL.Query().Get("Fields"), func(c rune) bool { return c == ',' || c == ' ' })
	if i := slices.IndexFunc(fields, func(name string) bool { return name != "line_type_intelligence" && name != "validation" }); i >= 0 {
		fail(w, trouble{http.StatusBadRequest, 60617,
			"The field '" + fields[i] + "' of the PhoneNumbers resource is not modelled by this sandbox"})
		return
	}
	country := strings.ToUpper(r.URL.Query().Get("CountryCode"))
	if country == "" {
		country = "US"
	}
	if !sms.Country(country) {
		fail(w, trouble{http.StatusBadRequest, 60607, "Invalid CountryCode: " + country})
		return
	}
	about := sms.About(number, country)
	out := lookup{PhoneNumber: number, Valid: about.Valid, ValidationErrors: []string{}}
	if about.Possible {
		out.PhoneNumber = about.International
		out.CallingCountryCode, out.CountryCode, out.NationalFormat = &about.Code, &about.Country, &about.Shown
	}
	out.URL = "https://lookups.twilio.com/v2/PhoneNumbers/" + url.PathEscape(out.PhoneNumber)
	switch {
	case !about.Possible:
		out.ValidationErrors = []string{string(about.Fault)}
	case !out.Valid:
		out.ValidationErrors = []string{"INVALID_BUT_POSSIBLE"}
	}
	if about.Possible && slices.Contains(fields, "line_type_intelligence") {
		out.LineType = &lineType{Type: string(about.Line)}
	}
	write(w, http.StatusOK, out)
}
