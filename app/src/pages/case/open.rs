//! The open case: what the page shows now, fetched anew whenever something happens.

use super::api::load_case;
use crate::backend::{CaseView, LetterPreview, Submission, Viewer, Visitor};
use crate::boot::use_boot;
use domain::id::EventId;
use domain::phase::Action;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Copy)]
pub struct Open {
    pub view: RwSignal<CaseView>,
    /// The form that failed without script, for which this page came back.
    pub failed: StoredValue<Option<Submission>>,
    /// The letter of a decision that came back to be looked at, without script.
    pub drafted: StoredValue<Option<LetterPreview>>,
    /// What came into the timeline while the page was open.
    pub fresh: RwSignal<Vec<EventId>>,
    asked: StoredValue<u32>,
}

impl Open {
    pub fn provide(view: CaseView, failed: Option<Submission>, drafted: Option<LetterPreview>) -> Self {
        let open = Self {
            view: RwSignal::new(view),
            failed: StoredValue::new(failed),
            drafted: StoredValue::new(drafted),
            fresh: RwSignal::new(Vec::new()),
            asked: StoredValue::new(0),
        };
        provide_context(open);
        open
    }

    /// A part of the case, which changes only when that part does.
    pub fn part<T: PartialEq + Send + Sync + 'static>(self, part: fn(&CaseView) -> T) -> Memo<T> {
        Memo::new(move |_| self.view.with(part))
    }

    /// True from the first time that `shown` is: a form that somebody may be typing in is not taken away.
    pub fn ever(self, shown: fn(&CaseView) -> bool) -> Memo<bool> {
        Memo::new(move |before| before == Some(&true) || self.view.with(shown))
    }

    /// That part as a form shows it: it follows the case while nobody is typing.
    pub fn untouched<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        part: fn(&CaseView) -> T,
        touched: RwSignal<bool>,
    ) -> RwSignal<T> {
        let now = self.part(part);
        let shown = RwSignal::new(now.get_untracked());
        Effect::watch(
            move || now.get(),
            move |now, _, _| {
                if !touched.get_untracked() {
                    shown.set(now.clone());
                }
            },
            false,
        );
        shown
    }

    pub fn may(self, action: Action) -> Memo<bool> {
        Memo::new(move |_| self.view.with(|view| view.may.contains(&action)))
    }

    /// Of several answers under way only the last asked for counts. Without a connection the old view stays.
    pub fn refetch(self) {
        let Some(number) = self.view.try_with_untracked(|view| view.number) else { return };
        let mut mine = 0;
        self.asked.update_value(|asked| {
            *asked += 1;
            mine = *asked;
        });
        spawn_local(async move {
            let Ok(view) = load_case(number.to_string()).await else { return };
            if self.asked.try_get_value() != Some(mine) {
                return;
            }
            let known: Vec<EventId> =
                self.view.with_untracked(|old| old.timeline.iter().map(|event| event.id).collect());
            let came: Vec<EventId> =
                view.timeline.iter().map(|event| event.id).filter(|id| !known.contains(id)).collect();
            self.fresh.update(|fresh| fresh.extend(came));
            self.view.set(view);
        });
    }
}

pub fn use_open() -> Open {
    expect_context::<Open>()
}

/// Who reads. The page is only ever shown to a member of the staff.
pub fn use_viewer() -> Option<Viewer> {
    match use_boot().visitor {
        Visitor::Staff(viewer) => Some(viewer),
        Visitor::Nobody | Visitor::Tablet(_) => None,
    }
}
