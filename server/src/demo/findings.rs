//! What was found in the demo's decided cases, and what suppliers credited: as the reason of the decision suggests.

use crate::desk::Desk;
use crate::store::cases;
use crate::store::error::Result;
use domain::handling::{Examined, SupplierAnswer};
use domain::id::CaseId;
use futures::FutureExt;

/// By the reason of the decision.
fn cause(reason: &str) -> &'static str {
    match reason {
        "manufacturing_fault" => "production_fault",
        "material_fault" => "material_fault",
        "misuse" => "misuse",
        "no_fault_found" => "no_fault_found",
        _ => "wear",
    }
}

/// Notes it in every decided case of which nothing is noted. Every third supplier has credited half of what was paid.
pub(super) async fn note(desk: &Desk) -> Result<()> {
    let ids: Vec<String> =
        sqlx::query_scalar("select id from cases where verdict is not null and cause = '' order by seq")
            .fetch_all(&mut *desk.db.read().await?)
            .await?;
    let ids: Vec<CaseId> = ids.iter().map(|id| id.parse()).collect::<Result<_, _>>()?;
    let (now, book) = (desk.clock.now_ms(), desk.book());
    let write = desk.db.write(move |tx| {
        async move {
            for (at, id) in ids.into_iter().enumerate() {
                let Some(mut case) = cases::by_id(tx, id).await? else { continue };
                let Some(decided) = &case.decision else { continue };
                let on = book.store(case.store)?.moment(decided.at).local.date();
                case.handling.examined = Some(Examined {
                    cause: cause(decided.decision.reason.as_str()).parse()?,
                    finding: String::new(),
                    examiner: book.staff_name(Some(decided.by)),
                    on,
                    pictures: Vec::new(),
                    by: decided.by,
                    at: decided.at,
                });
                let paid = case.settlement.as_ref().and_then(|settled| settled.amount_minor);
                if let (0, Some(paid)) = (at % 3, paid) {
                    case.handling.supplier = Some(SupplierAnswer {
                        answer: "credit".parse()?,
                        note: String::new(),
                        amount_minor: Some(paid / 2),
                        on,
                        by: decided.by,
                        at: decided.at,
                    });
                }
                cases::save(tx, &case, now).await?;
            }
            Ok(())
        }
        .boxed()
    });
    write.await
}
