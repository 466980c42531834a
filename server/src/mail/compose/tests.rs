use super::*;

fn facts() -> Facts {
    Facts {
        organisation: "Fjell & Sko".into(),
        country: String::new(),
        store_name: "Storgata".into(),
        store_address: "Storgata 1\n0155 Oslo".into(),
        store_email: "storgata@example.com".into(),
        store_phone: "+47 22 33 44 55".into(),
        number: "26-004217-7".into(),
        customer_name: "Ola Nordmann".into(),
        article: "Turstøvel Galdhøpiggen 42".into(),
        question: "Can you send us a picture of the sole?\nAnd of the receipt, if you have it: we need the date on it \
                   to see how old the boots are."
            .into(),
        title: "We are closed on Friday".into(),
        message: "Dear customer,\n\nthe shop is closed on Friday. <Come> on Saturday instead: we are there from 10 to 18 as always, and on Sunday."
            .into(),
        upload_url: "https://redress.example.com/u/0123456789abcdef0123456789abcdef".into(),
        reason: "Manufacturing fault".into(),
        explanation: "The sole has come loose, <as you said>.".into(),
        evidence: "the examination of 12 November".into(),
        next_step: String::new(),
        written: String::new(),
        written_subject: String::new(),
        days: "14".into(),
        outcome_hint: "New product".into(),
        action_url: "https://redress.example.com/confirm/0123456789abcdef0123456789abcdef".into(),
        status_url: "https://redress.example.com/s/fedcba9876543210fedcba9876543210".into(),
        deadline: "25 November 2026, 18:00".into(),
        rma_number: "26-004217-7".into(),
        address: "Fjell & Sko, returer\nLagerveien 3\n0255 Oslo".into(),
        pick_up_address: "Ola Nordmann\nFjellveien 8\n5003 Bergen".into(),
        window: "26 November 2026, 08:00–12:00".into(),
        parcels: "1".into(),
        waybill: "370000000000000001".into(),
        tracking_url: "https://track.example.com/370000000000000001".into(),
        code: "482913".into(),
        planned: true,
        carrier_label: true,
        return_cancelled: true,
        courier_cancelled: true,
        mistaken: true,
        whom: "Nowak Obuwie".into(),
        serial: "SN-4711".into(),
        reminders: "2".into(),
        adr: "refuses".into(),
        adr_body: "Stały Polubowny Sąd Konsumencki w Krakowie".into(),
        adr_address: "ul. Ujastek 7, 31-752 Kraków".into(),
    }
}

#[test]
fn every_letter_reads_as_it_should() {
    for locale in Locale::ALL {
        for template in Template::ALL {
            let status_url = if template.is_about_case() { facts().status_url } else { String::new() };
            let letter = compose(template, locale, &Facts { status_url, ..facts() }).expect("can be written");
            let Composed { subject, html, text } = &letter;
            insta::assert_snapshot!(format!("{}_{locale}", template.key()), format!("{subject}\n\n{text}\n{html}"));
            assert!(text.lines().all(|line| line.chars().count() <= WIDTH || line.starts_with("https:")), "{text}");
            assert!(!html.contains("<as you said>"));
        }
    }
}

#[test]
fn a_letter_needs_no_more_than_a_number() {
    for locale in Locale::ALL {
        for template in Template::ALL {
            let bare = Facts {
                organisation: "Sko".into(),
                store_name: "Storgata".into(),
                number: "26-004217-7".into(),
                ..Facts::default()
            };
            let letter = compose(template, locale, &bare).expect("every letter can be written");
            assert!(letter.text.contains("26-004217-7"));
            for leftover in ["“”", "«»", "„”", "()", ": <strong></strong>", " ,", "  "] {
                assert!(!letter.text.contains(leftover), "{template:?} {locale}: {leftover:?} in {}", letter.text);
            }
            assert!(!letter.html.contains("<strong></strong>"), "{}", letter.html);
        }
    }
}

fn of_customers() -> impl Iterator<Item = Template> {
    let others = [
        Template::PickUp,
        Template::PickUpCancelled,
        Template::Deadline,
        Template::PartnerReminder,
        Template::Unanswered,
        Template::Second,
        Template::Target,
        Template::Message,
    ];
    Template::ALL.into_iter().filter(move |template| !others.contains(template))
}

/// As long as addresses and names may be for the texts to fit.
fn longest(organisation: &str) -> Facts {
    let (base, secret) = ("https://reklamasjon.butikken.com", "0123456789abcdef0123456789abcdef");
    assert_eq!(base.len(), 32);
    Facts {
        organisation: organisation.into(),
        action_url: format!("{base}/confirm/{secret}"),
        status_url: format!("{base}/s/{secret}"),
        ..facts()
    }
}

#[test]
fn every_sms_is_short() {
    for (locale, organisation, most) in [
        (Locale::En, "Fjell, Sko & Sønner Handelshus AS", 1),
        (Locale::Nb, "Fjell, Sko & Sønner Handelshus AS", 1),
        (Locale::Pl, "Góra, But i Święta Spółka Handlowa", 2),
    ] {
        for template in of_customers() {
            let sms = compose_sms(template, locale, &longest(organisation)).expect("can be written").text;
            let segments = domain::sms::segments(&sms);
            assert!(
                segments <= most,
                "{locale} {template:?}: {segments} segments, {} letters: {sms}",
                sms.chars().count()
            );
        }
    }
}

#[test]
fn an_sms_says_who_what_and_where_and_nothing_personal() {
    for locale in Locale::ALL {
        let mut all = String::new();
        for template in of_customers() {
            let sms = compose_sms(template, locale, &facts()).expect("can be written");
            assert_eq!((sms.subject.as_str(), sms.html.as_str()), ("", ""));
            let text = sms.text;
            assert!(text.starts_with("Fjell & Sko: ") && text.contains("26-004217-7"), "{text}");
            let link = match template {
                Template::Confirm | Template::ConfirmReminder => facts().action_url,
                _ => facts().status_url,
            };
            // What goes to an old number, too, leads nowhere.
            assert_eq!(text.ends_with(&link), template != Template::ContactChanged, "{text}");
            let facts = facts();
            for personal in [&facts.customer_name, &facts.article, &facts.question, &facts.explanation, &facts.reason] {
                assert!(!text.contains(personal.as_str()), "{text}");
            }
            all += &format!("{}\n{text}\n\n", template.key());
        }
        insta::assert_snapshot!(format!("sms_{locale}"), all);
    }
}

const DECISIONS: [Template; 3] = [Template::Approved, Template::Partly, Template::Rejected];

#[test]
fn what_a_handler_writes_takes_the_place_of_our_words_and_of_nothing_else() {
    for locale in Locale::ALL {
        for template in DECISIONS {
            let ours = draft(template, locale, &facts()).expect("can be written");
            assert!(ours.body.contains("The sole has come loose, <as you said>.") && !ours.body.contains("\n> "));
            assert!(!ours.body.contains("26-004217-7") && !ours.body.contains("Ujastek"), "{}", ours.body);
            let written = "Dear Ola,\n\nwe <all> looked at it.\nAnd again.".to_owned();
            let own = Facts { written, written_subject: "Our answer\r\nBcc: x".into(), ..facts() };
            let letter = compose(template, locale, &own).expect("can be written");
            assert_eq!(letter.subject, "Our answer Bcc: x");
            assert!(letter.text.contains("Dear Ola,\n\nwe <all> looked at it.\nAnd again.\n"), "{}", letter.text);
            assert!(letter.html.contains("we &lt;all&gt; looked at it.<br>\nAnd again.</p>"), "{}", letter.html);
            assert!(!letter.text.contains("The sole has come loose") && letter.text.contains("26-004217-7"));
            // What the law wants cannot be written away.
            let wanted = template != Template::Approved;
            for part in [&letter.text, &letter.html] {
                let part = part.replace('\n', " ");
                assert_eq!(part.contains("Stały Polubowny Sąd Konsumencki"), wanted, "{part}");
            }
            let paper = compose_paper(template, locale, &own).expect("can be written");
            assert_eq!((paper.subject.as_str(), paper.body.contains("ul. Ujastek 7")), ("Our answer Bcc: x", wanted));
            assert!(!paper.body.contains("-- ") && !paper.body.contains("+47"), "{}", paper.body);
        }
    }
}

#[test]
fn a_decision_says_what_it_rests_on_what_is_next_and_until_when() {
    let own = Facts { next_step: "Send us the left shoe.".into(), ..facts() };
    for locale in Locale::ALL {
        for template in DECISIONS {
            let Composed { text, html, .. } = compose(template, locale, &own).expect("can be written");
            for part in
                ["the examination of 12 November", "Send us the left shoe.", "25 November 2026, 18:00", "New product"]
            {
                assert!(text.replace('\n', " ").contains(part) && html.contains(part), "{locale} {template:?}: {part}");
            }
        }
    }
}

#[test]
fn the_polish_call_gives_fourteen_days_and_takes_nothing_away() {
    for locale in Locale::ALL {
        let polish = Facts { country: "PL".into(), ..facts() };
        let Composed { subject, text, .. } = compose(Template::LastCall, locale, &polish).expect("can be written");
        let text = format!("{subject} {}", text.replace('\n', " "));
        assert!(text.contains("14 ") && text.contains("25 November 2026"), "{text}");
        for word in
            ["abandon", "porzuc", "przepad", "eierløs", "oppgitt", "utyliz", "dispos", "kasser", "sprzeda", "forfeit"]
        {
            assert!(!text.to_lowercase().contains(word), "{word}: {text}");
        }
    }
    let polish = Facts { country: "PL".into(), ..facts() };
    let call = compose(Template::LastCall, Locale::Pl, &polish).expect("can be written").text.replace('\n', " ");
    assert!(call.contains("Wzywamy do odbioru") && call.contains("w terminie 14 dni"), "{call}");
}

#[test]
fn nobody_asks_a_carrier_by_sms() {
    assert!(compose_sms(Template::PickUp, Locale::En, &facts()).is_err());
}

#[test]
fn no_fact_ends_a_line_of_the_subject() {
    let facts = Facts { organisation: "Sko\r\nBcc: x@example.com\u{0}".into(), ..facts() };
    let letter = compose(Template::Received, Locale::En, &facts).expect("can be written");
    assert!(letter.subject.ends_with("– Sko Bcc: x@example.com"), "{}", letter.subject);
}

#[test]
fn further_complaint_follows_the_country_not_the_language() {
    let facts = Facts { country: "PL".into(), ..facts() };
    let letter = compose(Template::Rejected, Locale::En, &facts).expect("can be written");
    assert!(letter.text.contains("Inspekcja Handlowa") && !letter.text.contains("Forbruker"), "{}", letter.text);
}
