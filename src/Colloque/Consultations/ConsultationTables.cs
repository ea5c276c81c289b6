using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

internal static class ConsultationTables
{
    internal static void Map(ModelBuilder model)
    {
        model.Entity<Consultation>().ToTable("consultations");
        model.Entity<ConsultationEvent>().ToTable("consultation_events");
    }
}
