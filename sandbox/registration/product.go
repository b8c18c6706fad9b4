package registration

// The products a card may be, as the issuer tells them. "" is ProductSaison.
const (
	ProductSaison    = "saison"
	ProductCorporate = "corporate" // may not use the service at all (p26-4)
	ProductClubOn    = "club_on"   // Club On/Millennium: registered elsewhere (p26-5)
)

// CodeOtherRegistration is the code of the error of a card that is registered
// elsewhere; a page shows the way there beside its sentence.
const CodeOtherRegistration = "other_registration"

// refuseProduct is the error of a card that cannot be registered here. It is
// told of a verified card only, so that nobody learns of anybody else's (a-01).
func refuseProduct(h Holder) error {
	switch h.Product {
	case "", ProductSaison:
		return nil
	case ProductCorporate:
		return invalid(FieldCardNumber, "corporate_card", "error.corporate_card")
	case ProductClubOn:
		return invalid(FieldCardNumber, CodeOtherRegistration, "error.other_registration")
	}
	return &Error{Kind: Unready, Code: "product_unknown", Text: "error.unavailable"} // the issuer told what it should not
}
