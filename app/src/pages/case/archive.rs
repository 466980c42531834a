//! Into the archive with a reason (E21), and back.

use super::form::{CaseForm, Sending};
use super::handle::{Fold, close, moving};
use super::open::use_open;
use super::steps;
use crate::backend::CaseView;
use crate::boot::use_locale;
use crate::ui::{Button, SelectField};
use domain::Locale;
use domain::case::ArchiveReason;
use domain::phase::{Action, Phase};
use leptos::prelude::*;
use texts::case;

#[component]
pub fn Archive() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let sending = Sending::new("archive_case");
    let fold = NodeRef::new();
    let may = open.may(Action::Archive);
    let reasons = open.part(reasons);
    move || {
        may.get().then(|| {
            let typed = sending.typed("reason");
            view! {
                <Fold node_ref=fold label=case::archive(locale) icon="archive" unfolded=sending.came_back>
                    <CaseForm sending inputs=&["reason"] on_done=Callback::new(move |()| close(fold))>
                        {move || {
                            let reasons = reasons.get();
                            view! {
                                <SelectField
                                    id="archive-reason"
                                    name="reason"
                                    label=case::archive_reason(locale)
                                    options=words(locale, &reasons)
                                    value=typed.clone()
                                    error=sending.fault("reason")
                                />
                            }
                        }}
                        <Button icon="archive" label=case::archive(locale) busy=sending.busy/>
                    </CaseForm>
                </Fold>
            }
            .into_any()
        })
    }
}

/// Those that fit where the case stands, the likeliest first.
fn reasons(view: &CaseView) -> Vec<ArchiveReason> {
    let mut reasons = Vec::new();
    match view.phase {
        Phase::Settled => reasons.push(ArchiveReason::Settled),
        Phase::Withdrawn => reasons.push(ArchiveReason::Withdrawn),
        Phase::NotCollected => reasons.push(ArchiveReason::NotCollected),
        _ => {
            // Where no outcome is recorded, nothing but this says that the case is done.
            if !view.outcome_wanted {
                reasons.push(ArchiveReason::Settled);
            }
            if view.may.contains(&Action::NotCollected) {
                reasons.push(ArchiveReason::NotCollected);
            }
        }
    }
    reasons.extend([ArchiveReason::Duplicate, ArchiveReason::Other]);
    reasons
}

fn words(locale: Locale, reasons: &[ArchiveReason]) -> Vec<(String, String)> {
    let word = |reason: &ArchiveReason| texts::archive_reason::by_key(locale, reason.key()).unwrap_or_default();
    reasons.iter().map(|reason| (reason.key().to_owned(), word(reason).to_owned())).collect()
}

#[component]
pub fn BringBack() -> impl IntoView {
    let locale = use_locale();
    let may = use_open().may(Action::Unarchive);
    let sending = moving(&[Action::Unarchive]);
    move || {
        may.get().then(|| {
            view! {
                <CaseForm sending>
                    <input type="hidden" name="step" value=steps::key(Action::Unarchive)/>
                    <Button icon="undo" label=case::bring_back(locale) busy=sending.busy/>
                </CaseForm>
            }
            .into_any()
        })
    }
}
