package dev.or3.tck.reference.convex.deployment;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.or3.tck.reference.convex.deployment.database.ConflictException;
import dev.or3.tck.reference.convex.deployment.functions.FileStore;
import dev.or3.tck.reference.convex.deployment.functions.FunctionError;
import dev.or3.tck.reference.convex.deployment.functions.Transfers;

/** Answers {@code POST /api/storage/upload} with the id of the file, and {@code GET /api/storage/ID} with its bytes. */
final class FileEndpoint implements ResponseDefinitionTransformerV2 {
    static final String NAME = "convex-files";

    private final Runner runner;
    private final FileStore files;

    FileEndpoint(Runner runner, FileStore files) {
        this.runner = runner;
        this.files = files;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        Request request = event.getRequest();
        QueryParameter parameter = request.queryParameter("token");
        String token = parameter.isPresent() ? parameter.firstValue() : null;
        try {
            if (request.getMethod().equals(RequestMethod.POST)) {
                String id = Transfers.take(runner, files, token, request.getBody());
                return Responses.json(200, Values.object().put("storageId", id)).build();
            }
            String path = request.getUrl().split("\\?", 2)[0];
            Transfers.Content content = Transfers.give(runner, files, path.substring(path.lastIndexOf('/') + 1), token);
            return new ResponseDefinitionBuilder().withStatus(200).withHeader("Content-Type", content.mimeType())
                    .withBody(content.bytes()).build();
        } catch (FunctionError e) {
            return Responses.trouble(e.status(), e.code(), e.getMessage()).build();
        } catch (ConflictException e) {
            return Responses.trouble(503, "OptimisticConcurrencyControlFailure", e.getMessage()).build();
        }
    }
}
