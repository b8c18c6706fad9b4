package browser

// What things are called on the company's page for the app, in the emulated
// stores and in the app, as the guide shows them (p4-p22).

// Buttons and links.
const (
	portalBanner = "セゾンPortal" // p6
	toAppStore   = "iPhoneの方は「App Store」から"
	toGooglePlay = "Androidの方は「Google Play」から"
	getApp       = "入手"       // p7
	installApp   = "インストール"   // p8
	openApp      = "開く"       // p7, p8
	next         = "次へ"       // p10, p12, p15, p16
	beginInApp   = "新規登録・再登録" // p11
	authenticate = "認証"       // p13, p14
	choosePIN    = "暗証番号で確認する"
	chooseSMS    = "SMSで確認する"
	agreeInApp   = "規約に同意して登録" // p17
	backInApp    = "戻る"
	openAppTerms = "利用規約" // p17
)

// Fields and pictures.
const (
	appCardNumber = "カード番号" // p12
	pinBox        = "暗証番号"
	appEmail      = "メールアドレス"
	appCode       = "セゾンPortalアプリの二次元コード"
)
