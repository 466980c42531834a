//! The numbers in the viewer's words.

use super::SUPPLIERS;
use super::shelf::Facts;
use crate::desk::book::Book;
use crate::desk::cases::rows::stores_in_reach;
use app::backend::{
    AgeLine, CostLine, Figure, InTime, Line, Named, Pair, Point, StatisticsChoices, StatisticsView, Viewer,
};
use domain::decision::Verdict;
use domain::id::Key;
use domain::statistics::{AGES, Answered, Filter, Kept, Slice, Span, Summary};
use domain::{Locale, format};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// The words of a summary's codes, in its order.
pub struct Words {
    causes: Vec<String>,
    outcomes: Vec<String>,
    brands: Vec<String>,
    articles: Vec<String>,
}

impl Words {
    pub fn of(facts: &Facts, summary: &Summary) -> Self {
        Self {
            causes: summary.causes.iter().map(|one| facts.causes.word(one.code).to_owned()).collect(),
            outcomes: summary.outcomes.iter().map(|one| facts.outcomes.word(one.code).to_owned()).collect(),
            brands: summary.brands.iter().map(|one| facts.brands.word(one.code).to_owned()).collect(),
            articles: summary.articles.iter().map(|one| facts.articles.word(one.code).to_owned()).collect(),
        }
    }
}

/// Those with the most cases within the reach, and those that are chosen; by name.
pub fn suppliers(facts: &Facts, reach: &Filter, chosen: &[String]) -> Vec<String> {
    let mut cases: HashMap<u32, u32> = HashMap::new();
    for fact in facts.all.iter().filter(|fact| fact.supplier != 0 && reach.covers(fact)) {
        *cases.entry(fact.supplier).or_default() += 1;
    }
    let mut most: Vec<(u32, u32)> = cases.iter().map(|(code, count)| (*count, *code)).collect();
    most.sort_unstable_by(|a, b| b.cmp(a));
    let chosen = chosen.iter().filter_map(|text| facts.suppliers.find(text)).filter(|code| cases.contains_key(code));
    let codes: std::collections::BTreeSet<u32> =
        most.iter().take(SUPPLIERS).map(|(_, code)| *code).chain(chosen).collect();
    let mut names: Vec<String> = codes.into_iter().map(|code| facts.suppliers.word(code).to_owned()).collect();
    names.sort_by_key(|name| domain::fold::fold(name));
    names
}

pub fn choices(book: &Book, who: &Viewer, suppliers: Vec<String>) -> StatisticsChoices {
    let mut types: Vec<_> = book.types.values().collect();
    types.sort_by_key(|kind| kind.position);
    StatisticsChoices {
        stores: stores_in_reach(book, who),
        types: types
            .into_iter()
            .map(|kind| Named { key: kind.key.to_string(), name: kind.name.get(who.locale).to_owned() })
            .collect(),
        suppliers,
    }
}

fn named(key: &str, name: impl FnOnce(&Key) -> String) -> String {
    key.parse().map_or_else(|_| key.to_owned(), |key: Key| name(&key))
}

/// What was counted, and what for.
pub struct Counts {
    pub summary: Summary,
    pub words: Words,
    /// Of the newest case of an article.
    pub titles: BTreeMap<u32, String>,
    /// The stores, types and suppliers.
    pub base: Slice,
    pub now: Span,
    pub before: Span,
    pub parts: Vec<Span>,
}

impl Counts {
    /// A number with its cases: those of the base that are also so.
    fn figure(&self, n: u32, change: impl FnOnce(&mut Slice)) -> Figure {
        let mut slice = self.base.clone();
        change(&mut slice);
        Figure { n, slice }
    }

    /// The same of both periods.
    fn pair(&self, [now, before]: [u32; 2], change: impl Fn(&mut Slice, Span)) -> Pair {
        Pair {
            now: self.figure(now, |slice| change(slice, self.now)),
            before: self.figure(before, |slice| change(slice, self.before)),
        }
    }

    fn both(&self, of: impl Fn(&domain::statistics::Totals) -> u32, change: impl Fn(&mut Slice, Span)) -> Pair {
        self.pair(self.summary.totals.each_ref().map(of), change)
    }

    fn in_time(&self, of: fn(&domain::statistics::Totals) -> Kept, [within, past]: [Answered; 2]) -> InTime {
        let decided = |answered: Answered| {
            move |slice: &mut Slice, span: Span| {
                slice.decided = Some(span);
                slice.answered = Some(answered);
            }
        };
        InTime {
            within: self.both(|totals| of(totals).within, decided(within)),
            past: self.both(|totals| of(totals).past, decided(past)),
            share: self.summary.totals.each_ref().map(|totals| of(totals).share()),
        }
    }

    /// Choices, currency and preset are the caller's.
    pub fn into_view(self, book: &Book, locale: Locale) -> StatisticsView {
        let course = self.parts.iter().zip(&self.summary.course).map(|(span, flow)| Point {
            span: *span,
            registered: self.figure(flow.registered, |slice| slice.registered = Some(*span)),
            decided: self.figure(flow.decided, |slice| slice.decided = Some(*span)),
            settled: self.figure(flow.settled, |slice| slice.settled = Some(*span)),
        });
        let ages = AGES.into_iter().zip(self.summary.ages).map(|(age, n)| AgeLine {
            from: age.0,
            until: age.1,
            cases: self.figure(n, |slice| {
                slice.open_on = Some(self.now.until);
                slice.age = Some(age);
            }),
        });
        let verdicts = (0..).zip(Verdict::ALL).map(|(at, verdict): (usize, Verdict)| {
            self.both(
                |totals| totals.verdicts[at],
                |slice, span| {
                    slice.decided = Some(span);
                    slice.verdict = Some(verdict);
                },
            )
        });
        let causes = self.summary.causes.iter().zip(&self.words.causes).map(|(one, key)| Line {
            name: if key.is_empty() { String::new() } else { named(key, |key| book.cause_name(key, locale)) },
            detail: String::new(),
            cases: self.pair(one.cases, |slice, span| {
                slice.decided = Some(span);
                slice.cause = Some(key.clone());
            }),
        });
        let outcomes = self.summary.outcomes.iter().zip(&self.words.outcomes).map(|(one, key)| CostLine {
            name: named(key, |key| book.outcome_name(key, locale)),
            cases: self.pair(one.cases, |slice, span| {
                slice.settled = Some(span);
                slice.outcome = Some(key.clone());
            }),
            cost: one.cost,
            credit: one.credit,
        });
        let articles = self.summary.articles.iter().zip(&self.words.articles).map(|(one, word)| {
            let title = self.titles.get(&one.newest).filter(|title| !title.is_empty());
            let name = title.unwrap_or(word).clone();
            Line {
                detail: if name.contains(word.as_str()) { String::new() } else { word.clone() },
                name,
                cases: self.pair(one.cases, |slice, span| {
                    slice.registered = Some(span);
                    slice.article = Some(word.clone());
                }),
            }
        });
        let brands = self.summary.brands.iter().zip(&self.words.brands).map(|(one, word)| Line {
            name: word.clone(),
            detail: String::new(),
            cases: self.pair(one.cases, |slice, span| {
                slice.registered = Some(span);
                slice.brand = Some(word.clone());
            }),
        });
        let totals = &self.summary.totals;
        StatisticsView {
            preset: domain::statistics::Preset::default(),
            span: self.now,
            before: self.before,
            grain: self.now.grain(),
            today: Date::MIN,
            wrong: None,
            choices: StatisticsChoices { stores: Vec::new(), types: Vec::new(), suppliers: Vec::new() },
            currency: String::new(),
            course: course.collect(),
            registered: self.both(|totals| totals.flow.registered, |slice, span| slice.registered = Some(span)),
            decided: self.both(|totals| totals.flow.decided, |slice, span| slice.decided = Some(span)),
            settled: self.both(|totals| totals.flow.settled, |slice, span| slice.settled = Some(span)),
            open: self.both(|totals| totals.open, |slice, span| slice.open_on = Some(span.until)),
            ages: ages.collect(),
            median: totals.each_ref().map(|totals| totals.median),
            ninetieth: totals.each_ref().map(|totals| totals.ninetieth),
            law: self.in_time(|totals| totals.law, [Answered::InLaw, Answered::PastLaw]),
            target: self.in_time(|totals| totals.target, [Answered::InTarget, Answered::PastTarget]),
            verdicts: verdicts.collect(),
            causes: causes.collect(),
            outcomes: outcomes.collect(),
            articles: articles.collect(),
            brands: brands.collect(),
        }
    }
}

/// A list's slice as it is told above it.
pub fn told(book: &Book, slice: &Slice, locale: Locale) -> Vec<String> {
    use texts::statistics as words;
    let span = |span: Span| {
        if span.from == span.until {
            return format::date(locale, span.from);
        }
        format!("{} – {}", format::date(locale, span.from), format::date(locale, span.until))
    };
    let or_none = |name: String| if name.is_empty() { words::none_noted(locale).to_owned() } else { name };
    let named_by = |key: &String, name: &dyn Fn(&Key) -> String| {
        or_none(if key.is_empty() { String::new() } else { named(key, |key| name(key)) })
    };
    let mut told = Vec::new();
    told.extend(slice.registered.map(|at| format!("{}: {}", words::registered(locale), span(at))));
    told.extend(slice.decided.map(|at| format!("{}: {}", words::decided(locale), span(at))));
    told.extend(slice.settled.map(|at| format!("{}: {}", words::settled(locale), span(at))));
    told.extend(slice.open_on.map(|on| words::open_on(locale, &format::date(locale, on))));
    told.extend(slice.age.map(|(from, until)| age(locale, from, until)));
    told.extend(
        slice.verdict.map(|verdict| texts::verdict::by_key(locale, verdict.key()).unwrap_or_default().to_owned()),
    );
    told.extend(slice.answered.map(|answered| {
        let words = match answered {
            Answered::InLaw => words::in_law(locale),
            Answered::PastLaw => words::past_law(locale),
            Answered::InTarget => words::in_target(locale),
            Answered::PastTarget => words::past_target(locale),
        };
        words.to_owned()
    }));
    told.extend(
        slice
            .cause
            .as_ref()
            .map(|key| format!("{}: {}", words::cause(locale), named_by(key, &|key| book.cause_name(key, locale)))),
    );
    told.extend(
        slice
            .outcome
            .as_ref()
            .map(|key| format!("{}: {}", words::outcome(locale), named_by(key, &|key| book.outcome_name(key, locale)))),
    );
    told.extend(slice.brand.as_ref().map(|text| format!("{}: {}", words::brand(locale), or_none(text.clone()))));
    told.extend(slice.article.as_ref().map(|text| format!("{}: {}", words::article(locale), or_none(text.clone()))));
    told.extend(slice.stores.iter().filter_map(|id| book.stores.get(id)).map(|store| store.name.clone()));
    told.extend(slice.types.iter().map(|key| book.type_name(key, locale)));
    told.extend(slice.suppliers.iter().cloned());
    told
}

fn age(locale: Locale, from: u16, until: Option<u16>) -> String {
    match until {
        Some(until) => texts::statistics::age(locale, &from.to_string(), &until.to_string()),
        None => texts::statistics::age_over(locale, &from.to_string()),
    }
}
